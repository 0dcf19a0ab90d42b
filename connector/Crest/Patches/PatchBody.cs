using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Patches;

/// <summary>Reads PATCH bodies: a JSON array of <c>{"operation","field"[,"value"][,"from"]}</c> (docs/openidm.md#patch).</summary>
public static class PatchBody
{
    /// <summary>Most operations of one body.</summary>
    public const int Most = 1000;

    private const string Because = "The request could not be processed because the provided content is not a";

    /// <summary>Reads the bytes of a body.</summary>
    public static Parsed<ImmutableArray<PatchOperation>> Read(ReadOnlySpan<byte> body, BodyLimits limits) => JsonBody.Any(body, limits).Then(Read);

    /// <summary>Reads a body that has been read as JSON already.</summary>
    public static Parsed<ImmutableArray<PatchOperation>> Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array) return CrestError.Bad($"{Because} JSON array of patch operations");
        if (body.GetArrayLength() > Most) return CrestError.Bad($"{Because} valid JSON patch: it has more than {Most} operations. Send fewer at once.");
        ImmutableArray<PatchOperation>.Builder operations = ImmutableArray.CreateBuilder<PatchOperation>(body.GetArrayLength());
        foreach (JsonElement item in body.EnumerateArray())
        {
            if (!One(item).Succeeded(out PatchOperation? operation, out string problem))
            {
                int position = operations.Count + 1;
                return CrestError.Bad($"{Because} valid JSON patch: {problem} (operation {position})",
                    position, "Correct the operation of this number; nothing was written.");
            }

            operations.Add(operation);
        }

        return operations.MoveToImmutable();
    }

    private static PatchItem One(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return PatchItem.Wrong("an operation is not an object");
        PatchMembers members = PatchMembers.Read(item);
        if (members.Unknown is { } unknown) return PatchItem.Wrong($"the member {SafeQuote.Quote(unknown, "there")} is unknown. "
            + $"{NearestName.Advice(unknown, PatchMembers.Names)}");
        if (members.Operation is not { ValueKind: JsonValueKind.String } word) return PatchItem.Wrong("'operation' is missing or no text");
        if (members.Field is not { ValueKind: JsonValueKind.String } field) return PatchItem.Wrong("'field' is missing or no text");
        string kind = (word.GetString() ?? "").ToLowerInvariant();
        return kind switch
        {
            "add" or "remove" or "replace" or "increment" or "transform" => WithValue(kind, field, members),
            "move" or "copy" => WithFrom(kind, field, members),
            _ => PatchItem.Wrong($"Invalid patch operation type {SafeQuote.Bare(kind, "(not a name)")}. Operations are add, remove, replace, increment, move, "
                + $"copy, transform"),
        };
    }

    private static PatchItem WithValue(string kind, JsonElement fieldText, PatchMembers members)
    {
        if (members.From is not null) return PatchItem.Wrong($"'{kind}' does not accept from field");
        JsonElement? value = members.Value is { ValueKind: not JsonValueKind.Null } given ? given : null;
        if (value is null && kind != "remove") return PatchItem.Wrong($"No value field provided for '{kind}' operation");
        if (kind == "remove"
            && members.Value is { ValueKind: JsonValueKind.Null }) return PatchItem.Wrong("'remove' has the value null: leave 'value' out to clear the field, "
                + "or name what to remove");
        if (Target(fieldText, mayAppend: kind == "add", out string problem) is not { } field) return PatchItem.Wrong(problem);
        if (kind is "add" or "remove" or "replace" && value is { ValueKind: JsonValueKind.Array } list
            && list.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Null))
        {
            return PatchItem.Wrong($"the value of '{kind}' holds null");
        }

        return (kind, value) switch
        {
            ("remove", _) => PatchItem.Right(new PatchOperation.Remove(field, value)),
            ("add", { } v) => PatchItem.Right(new PatchOperation.Add(field, v)),
            ("replace", { } v) => PatchItem.Right(new PatchOperation.Replace(field, v)),
            ("increment", { ValueKind: JsonValueKind.Number } v) => PatchItem.Right(new PatchOperation.Increment(field, v)),
            ("increment", _) => PatchItem.Wrong("Non-numeric value provided for increment operation"),
            (_, { } v) => PatchItem.Right(new PatchOperation.Transform(field, v)),
            (_, null) => PatchItem.Wrong($"No value field provided for '{kind}' operation"),
        };
    }

    private static PatchItem WithFrom(string kind, JsonElement fieldText, PatchMembers members)
    {
        if (members.Value is { ValueKind: not JsonValueKind.Null }) return PatchItem.Wrong($"'{kind}' does not accept value field");
        if (members.From is not { ValueKind: JsonValueKind.String } source) return PatchItem.Wrong($"No from field provided for '{kind}' operation");
        if (Target(fieldText, mayAppend: false, out string problem) is not { } field
            || Target(source, mayAppend: false, out problem) is not { } from) return PatchItem.Wrong(problem);
        return PatchItem.Right(kind == "move" ? new PatchOperation.Move(field, from) : new PatchOperation.Copy(field, from));
    }

    private static JsonPointer? Target(JsonElement text, bool mayAppend, out string problem)
    {
        string path = text.GetString() ?? "";
        bool appends = path.Length > 2 && path.EndsWith("/-", StringComparison.Ordinal);
        if (JsonPointer.Parse(appends ? path.AsSpan(0, path.Length - 2) : path, out problem) is not { } field) return null;
        if (appends && !mayAppend) problem = "/- appends, which only 'add' does";
        else if (field.Names.Length > 1
        && field.Names[^1].All(char.IsAsciiDigit)) problem = "Array indexes are not supported: name the value to remove, or replace the list";
        return problem.Length == 0 ? field : null;
    }
}
