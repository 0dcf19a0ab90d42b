using System.Text.Json.Serialization;

namespace ProvisioningConnector.Engine.Records;

/// <summary>What happens when a limit is broken.</summary>
public enum BreachPolicy : byte
{
    /// <summary>Nothing is written.</summary>
    Stop,

    /// <summary>Only the breached class is held; the rest is done.</summary>
    Withhold,
}

/// <summary>The limits in force for a tenant (docs/configuration.md#guardrails). Defaults are the safe ones.</summary>
public sealed record GuardrailLimits
{
    /// <summary>Delete operations.</summary>
    public Limit MaxDeletes { get; init; } = new(500, 2);

    /// <summary>Update operations.</summary>
    public Limit MaxUpdates { get; init; } = new(null, 10);

    /// <summary>Add operations.</summary>
    public Limit MaxAdds { get; init; } = Limit.None;

    /// <summary>Users losing their last phone.</summary>
    public Limit MaxLastPhone { get; init; } = new(50, 1);

    /// <summary>Most users that may want one mobile or alternateMobile number; null: any number of them.</summary>
    /// <remarks>Written down also when it is null: a body without it is of an earlier version and means the default.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? SharedNumber { get; init; } = 3;

    /// <summary>Users that could not be read. Over it the deletions are held; over ten times it the plan is not applyable.</summary>
    public Limit ReadErrors { get; init; } = new(null, 1);

    /// <summary>How much smaller a full source may be than the last accepted one of its name: rows, numbers of one type, numbers of one country.</summary>
    public Limit SourceShrink { get; init; } = new(null, 10);

    /// <summary>Whether a source from before the last accepted one of its name is refused.</summary>
    public bool SourceOlder { get; init; } = true;

    /// <summary>How many times a run's limit may be used within 24 hours, all runs together; at least 1.</summary>
    public decimal PerDay { get; init; } = 1;

    /// <summary>How many times a run's limit may be used within 7 days, all runs together; at least 1.</summary>
    public decimal PerWeek { get; init; } = 3;

    /// <summary>Percentages apply from this many users on.</summary>
    public int MinPopulation { get; init; } = 20;

    public BreachPolicy OnBreach { get; init; } = BreachPolicy.Stop;

    /// <summary>What becomes of phones that no longer serve. Written down only where it is not <see cref="RetiringPolicy.Warn"/>: earlier versions did not
    /// have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RetiringPolicy RetiringMethod { get; init; }

    /// <summary>Whether users with an active directory role are held.</summary>
    public bool ProtectPrivileged { get; init; } = true;
}
