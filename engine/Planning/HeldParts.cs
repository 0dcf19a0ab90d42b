using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>The parts held so far while a plan is drafted; the first reason to hold a part stays.</summary>
internal sealed class HeldParts
{
    private readonly ImmutableDictionary<Part, HoldReason> _parts;

    private HeldParts(ImmutableDictionary<Part, HoldReason> parts) => _parts = parts;

    public static HeldParts None { get; } = new(ImmutableDictionary<Part, HoldReason>.Empty);

    public int Count => _parts.Count;

    public bool Has(Part part) => _parts.ContainsKey(part);

    public HoldReason? Reason(Part part) => _parts.GetValueOrDefault(part);

    public bool HasReason(HoldReason reason) => _parts.ContainsValue(reason);

    public HeldParts With(Part part, HoldReason reason) => _parts.ContainsKey(part) ? this : new(_parts.Add(part, reason));

    public ImmutableArray<HeldPart> InOrder() => [.. _parts.OrderBy(p => p.Key).Select(p => p.Value.On(p.Key))];
}
