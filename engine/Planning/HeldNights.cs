using System.Globalization;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>After how many nights what a policy or a protection holds becomes a finding, so that it needs a decision
/// (docs/design.md#held-for-nights).</summary>
/// <param name="Removals">Where the source wants a value or a method gone; null: never.</param>
/// <param name="Others">Everything else; null: never.</param>
public sealed record HeldNights(int? Removals, int? Others)
{
    /// <summary>The most nights that can be configured.</summary>
    public const int Most = 3_650;

    /// <summary>A removal that does not happen leaves a door open, so it is reported after a week.</summary>
    public static HeldNights Default { get; } = new(7, null);

    /// <summary>The same number for everything that is held; null: never.</summary>
    public static HeldNights From(int? nights) => new(nights, nights);

    /// <summary>As it stands in the configuration.</summary>
    public override string ToString() => Others?.ToString(CultureInfo.InvariantCulture) ?? (Removals is null ? "none" : string.Empty);
}
