using System.Text.Json;

namespace ProvisioningConnector.Crest.Patches;

/// <summary>The members of one element of a PATCH body.</summary>
internal sealed record PatchMembers(JsonElement? Operation, JsonElement? Field, JsonElement? Value, JsonElement? From, string? Unknown)
{
    public static readonly string[] Names = ["operation", "field", "value", "from"];

    public static PatchMembers Read(JsonElement item)
    {
        PatchMembers members = new(null, null, null, null, null);
        foreach (JsonProperty member in item.EnumerateObject())
        {
            members = member.Name switch
            {
                "operation" => members with { Operation = member.Value },
                "field" => members with { Field = member.Value },
                "value" => members with { Value = member.Value },
                "from" => member.Value.ValueKind == JsonValueKind.Null ? members : members with { From = member.Value },
                _ => members with { Unknown = member.Name },
            };
        }

        return members;
    }
}
