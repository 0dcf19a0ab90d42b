using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>What the rules of the steps go by besides a person.</summary>
public sealed record MigrationTerms
{
    public MigrationSettings Settings { get; init; } = new();

    /// <summary>Null: no date is announced for this kind of tenant.</summary>
    public RetirementDates? Dates { get; init; } = new();

    public ResetSettings Reset { get; init; } = new();

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }
}
