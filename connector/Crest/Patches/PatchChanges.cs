using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Patches;

/// <summary>An attribute that a PATCH may name.</summary>
/// <param name="Name">Its right spelling.</param>
/// <param name="MultiValued">Whether it holds several values; on a single-valued one <c>add</c> replaces.</param>
public sealed record PatchTarget(string Name, bool MultiValued);

/// <summary>
/// Folds the operations of a PATCH into one change per attribute, as if they were done one after the other (docs/openidm.md#patch). OpenIDM groups them into
/// ICF's addAttributeValues, removeAttributeValues and update; for operations that do not contradict each other this is the same, and for those that do,
/// the later one wins here instead of chance. <c>add</c> on a single-valued attribute replaces.
/// </summary>
public static class PatchChanges
{
    /// <summary>One change per attribute that is named, in the order in which they are first named; or the 400.</summary>
    /// <param name="operations">The operations in their order.</param>
    /// <param name="targets">The attributes that may be named, found without regard to case.</param>
    public static Parsed<ImmutableArray<AttributeChange>> From(ImmutableArray<PatchOperation> operations, IReadOnlyCollection<PatchTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        List<AttributeChange> changes = [];
        foreach (PatchOperation operation in operations)
        {
            string path = operation.Field.ToString();
            if (operation.Field.OwnName is not { } name) return CrestError.Bad($"Operations name attributes, not parts of them: "
                + $"{SafeQuote.Quote(path, "the field there")} has several levels.");
            if (targets.FirstOrDefault(t => t.Name.Equals(name,
                StringComparison.OrdinalIgnoreCase)) is not { } target) return SystemErrors.UnknownAttribute(name, [.. targets.Select(t => t.Name)]);
            int index = changes.FindIndex(c => c.Attribute == target.Name);
            AttributeChange before = index < 0 ? new AttributeChange.Amend(target.Name, [], []) : changes[index];
            if (!After(before, operation, target).Succeeded(out AttributeChange? after, out CrestError? error)) return error;
            if (index < 0) changes.Add(after);
            else changes[index] = after;
        }

        return changes.ToImmutableArray();
    }

    private static Parsed<AttributeChange> After(AttributeChange before, PatchOperation operation, PatchTarget target) => operation switch
    {
        PatchOperation.Add add => target.MultiValued ? Added(before, Values(add.Value)) : Replaced(target, Values(add.Value)),
        PatchOperation.Replace replace => Replaced(target, Values(replace.Value)),
        PatchOperation.Remove { Value: { } value } => Removed(before, Values(value)),
        PatchOperation.Remove => new AttributeChange.Clear(target.Name),
        PatchOperation.Increment => Unsupported("increment", target, "Replace the value."),
        PatchOperation.Move => Unsupported("move", target, "Replace the value, and remove the other one."),
        PatchOperation.Copy => Unsupported("copy", target, "Replace the value."),
        PatchOperation.Transform => Unsupported("transform", target, "It is for configuration objects only."),
        _ => throw new InvalidOperationException($"An operation is of an unknown kind: {operation.GetType().Name}."),
    };

    private static AttributeChange Added(AttributeChange before, ImmutableArray<JsonElement> values) => before switch
    {
        AttributeChange.Amend some => some with { Adds = Union(some.Adds, values), Removes = Without(some.Removes, values) },
        AttributeChange.Replace all => all with { Values = Union(all.Values, values) },
        AttributeChange.Clear none => Whole(none.Attribute, Union([], values)),
        _ => throw new InvalidOperationException($"A change is of an unknown kind: {before.GetType().Name}."),
    };

    private static AttributeChange Removed(AttributeChange before, ImmutableArray<JsonElement> values) => before switch
    {
        AttributeChange.Amend some => some with { Adds = Without(some.Adds, values), Removes = Union(some.Removes, values) },
        AttributeChange.Replace all => Whole(all.Attribute, Without(all.Values, values)),
        AttributeChange.Clear => before,
        _ => throw new InvalidOperationException($"A change is of an unknown kind: {before.GetType().Name}."),
    };

    private static Parsed<AttributeChange> Replaced(PatchTarget target, ImmutableArray<JsonElement> values) => target.MultiValued || values.Length <= 1
        ? Whole(target.Name, Union([], values))
        : CrestError.Bad($"Attribute {target.Name} holds one value; several were sent.");

    private static AttributeChange Whole(string attribute, ImmutableArray<JsonElement> values) =>
        values.IsEmpty ? new AttributeChange.Clear(attribute) : new AttributeChange.Replace(attribute, values);

    private static ImmutableArray<JsonElement> Values(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static ImmutableArray<JsonElement> Union(ImmutableArray<JsonElement> some, ImmutableArray<JsonElement> more)
    {
        ImmutableArray<JsonElement>.Builder all = some.ToBuilder();
        foreach (JsonElement value in more)
        {
            if (!all.Any(other => JsonElement.DeepEquals(other, value))) all.Add(value);
        }

        return all.ToImmutable();
    }

    private static ImmutableArray<JsonElement> Without(ImmutableArray<JsonElement> some, ImmutableArray<JsonElement> gone) =>
        some.RemoveAll(value => gone.Any(other => JsonElement.DeepEquals(other, value)));

    private static CrestError Unsupported(string kind, PatchTarget target, string advice) =>
        CrestError.Bad($"The operation '{kind}' is not supported on attribute {target.Name}. {advice}");
}
