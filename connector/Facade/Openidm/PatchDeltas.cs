using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Patches;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Reads the body of a PATCH: all its operations are one change (docs/openidm.md#patch).</summary>
internal static class PatchDeltas
{
    private static ImmutableArray<PatchTarget> Targets { get; } = [.. UserAttributeTable.All.Select(a => new PatchTarget(a.Name, a.IsMany()))];

    public static Parsed<ImmutableArray<AttributeDelta>> Read(ReadOnlySpan<byte> body, BodyLimits limits) =>
        PatchBody.Read(body, limits).Then(operations => PatchChanges.From(operations, Targets)).Then(Deltas);

    private static Parsed<ImmutableArray<AttributeDelta>> Deltas(ImmutableArray<AttributeChange> changes)
    {
        ImmutableArray<AttributeDelta>.Builder deltas = ImmutableArray.CreateBuilder<AttributeDelta>(changes.Length);
        foreach (AttributeChange change in changes)
        {
            AttributeInfo attribute = UserAttributeTable.Find(change.Attribute) ?? throw new InvalidOperationException("A target that is no attribute.");
            if (!Delta(attribute, change).Succeeded(out AttributeDelta? delta, out CrestError? error)) return error;
            deltas.Add(delta);
        }

        return deltas.ToImmutable();
    }

    private static Parsed<AttributeDelta> Delta(AttributeInfo attribute, AttributeChange change) => change switch
    {
        AttributeChange.Clear => AttributeDelta.Replace(attribute.Name),
        AttributeChange.Replace all =>
            AttributeValues.Read(attribute, all.Values).Then<AttributeDelta>(values => new AttributeDelta(attribute.Name, values, [], [])),
        AttributeChange.Amend some => AttributeValues.Read(attribute, some.Adds).Then(adds =>
            AttributeValues.Read(attribute, some.Removes).Then<AttributeDelta>(removes => new AttributeDelta(attribute.Name, null, adds, removes))),
        _ => throw new InvalidOperationException($"A change is of an unknown kind: {change.GetType().Name}."),
    };
}
