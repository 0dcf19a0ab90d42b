using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>A Conditional Access policy in force that is about registering security information.</summary>
/// <param name="Name">Its display name.</param>
/// <param name="BlocksAll">Whether it blocks everybody everywhere.</param>
internal readonly record struct RegistrationPolicy(string Name, bool BlocksAll);

/// <summary>Conditional Access policies about the user action <c>registersecurityinfo</c>.</summary>
internal static class AccessJson
{
    private const string Action = "urn:user:registersecurityinfo";

    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<RegistrationPolicy> policies, out string? next, out string wrong)
    {
        ImmutableArray<RegistrationPolicy>.Builder found = ImmutableArray.CreateBuilder<RegistrationPolicy>();
        bool good = ListPage.TryRead(body, One, out next, out wrong);
        policies = found.ToImmutable();
        return good;

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            JsonElement policy = JsonElement.ParseValue(ref reader);
            JsonElement conditions = policy.Part("conditions");
            bool inForce = string.Equals(policy.Text("state"), "enabled", StringComparison.OrdinalIgnoreCase);
            if (!inForce || !Holds(conditions.Part("applications"), "includeUserActions", Action)) return true;
            JsonElement users = conditions.Part("users");
            bool everybody = Holds(users, "includeUsers", "All") && !users.Items("excludeUsers").Any() && !users.Items("excludeGroups").Any()
                && !users.Items("excludeRoles").Any();
            bool everywhere = !conditions.Part("locations").Items("excludeLocations").Any() && !conditions.Part("platforms").Items("excludePlatforms").Any()
                && conditions.Part("devices").ValueKind != JsonValueKind.Object;
            bool blocks = Holds(policy.Part("grantControls"), "builtInControls", "block");
            found.Add(new RegistrationPolicy(policy.Text("displayName") ?? policy.Text("id") ?? "(no name)", blocks && everybody && everywhere));
            return true;
        }
    }

    private static bool Holds(JsonElement element, string list, string value) => element.Items(list)
        .Any(item => item.ValueKind == JsonValueKind.String && string.Equals(item.GetString(), value, StringComparison.OrdinalIgnoreCase));
}
