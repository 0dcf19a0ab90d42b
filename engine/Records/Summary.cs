using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Records;

/// <summary>Exact counts over all rows (docs/documents.md#summary). <see cref="Users"/> is the sum of the situations.</summary>
public sealed record Summary
{
    public long Equal { get; init; }

    public long Changed { get; init; }

    public long Held { get; init; }

    public long Invalid { get; init; }

    public long NotFound { get; init; }

    public long NotRead { get; init; }

    public long Users => Equal + Changed + Held + Invalid + NotFound + NotRead;

    public OperationCounts Operations { get; init; } = new();

    /// <summary>Users who have a phone now and will have none.</summary>
    public long LosingLastPhone { get; init; }

    /// <summary>Users whose number of usable methods falls.</summary>
    public long EndingWithFewer { get; init; }

    /// <summary>Users, equal ones included, whose only usable methods are phones when everything is done (docs/graph.md#changes-and-retirement).</summary>
    public long OnlyPhone { get; init; }

    /// <summary>Users whose default method is set by an operation.</summary>
    public long DefaultMoving { get; init; }

    /// <summary>Users who take a number that signs another user of the plan in by SMS until then (docs/design.md#numbers-that-move-between-users).</summary>
    public long Moves { get; init; }

    /// <summary>Users of any situation but equal with at least one non-standing hold (exit 4).</summary>
    public long HeldNotStanding { get; init; }

    /// <summary>Users with something held because it was changed in the tenant (<see cref="HoldCodes.Drift"/>).</summary>
    public long Drifted { get; init; }

    public Summary Plus(Situation situation, int count = 1) => situation switch
    {
        Situation.Equal => this with { Equal = Equal + count },
        Situation.Changed => this with { Changed = Changed + count },
        Situation.Held => this with { Held = Held + count },
        Situation.Invalid => this with { Invalid = Invalid + count },
        Situation.NotFound => this with { NotFound = NotFound + count },
        Situation.NotRead => this with { NotRead = NotRead + count },
    };
}

/// <summary>Number of operations by action.</summary>
public sealed record OperationCounts(
    long Add = 0, long Update = 0, long Delete = 0, long Enable = 0, long Disable = 0, long Prefer = 0, long Reset = 0)
{
    public long Total => Add + Update + Delete + Enable + Disable + Prefer + Reset;

    public OperationCounts Plus(OperationAction action, int count = 1) => action switch
    {
        OperationAction.Add => this with { Add = Add + count },
        OperationAction.Update => this with { Update = Update + count },
        OperationAction.Delete => this with { Delete = Delete + count },
        OperationAction.Enable => this with { Enable = Enable + count },
        OperationAction.Disable => this with { Disable = Disable + count },
        OperationAction.Prefer => this with { Prefer = Prefer + count },
        OperationAction.Reset => this with { Reset = Reset + count },
    };
}

/// <summary>Changed users of a run by outcome; in a run that has ended they add up to the
/// changed users (docs/documents.md#summary), in one that goes on to those that are settled.</summary>
public sealed record OutcomeCounts(long Done = 0, long Failed = 0, long Unknown = 0, long Stale = 0, long Skipped = 0)
{
    public long Total => Done + Failed + Unknown + Stale + Skipped;

    public OutcomeCounts Plus(UserOutcome outcome, long count = 1) => outcome switch
    {
        UserOutcome.Done => this with { Done = Done + count },
        UserOutcome.Skipped => this with { Skipped = Skipped + count },
        UserOutcome.Failed => this with { Failed = Failed + count },
        UserOutcome.Unknown => this with { Unknown = Unknown + count },
        UserOutcome.Stale => this with { Stale = Stale + count },
    };

    public OutcomeCounts Plus(OutcomeCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Done + other.Done, Failed + other.Failed, Unknown + other.Unknown, Stale + other.Stale, Skipped + other.Skipped);
    }
}

/// <summary>What the run will cost.</summary>
/// <param name="Reads">Reads still to come: each changed user before the first write and after the last.</param>
/// <param name="Writes">Writes planned.</param>
/// <param name="Seconds">Expected duration at the current rates, what may be spent at once counted.</param>
/// <param name="ReadShare">Of all reads that the configured quota grants in this time, from 0 to 1; null when not known.</param>
/// <param name="WriteShare">Likewise of writes, before <c>WriteBudget</c>: the rest is left to users' own registrations.</param>
public sealed record Forecast(long Reads, long Writes, double Seconds, double? ReadShare = null, double? WriteShare = null);

/// <summary>What a run used.</summary>
/// <param name="Reads">Read requests, each item of a batch counted.</param>
/// <param name="Writes">Write requests.</param>
/// <param name="Throttled">Answers 429.</param>
/// <param name="Seconds">Time spent on planning and writing; waiting for a person's answer left out.</param>
/// <param name="Learned">What was learned of the quota, in words; null when nothing.</param>
/// <param name="Efficiency">The least time that so many reads, then so many writes, take at the rates that
/// hold now, over the time they took: 1 is perfect. Null when that is under a second.</param>
public sealed record Used(long Reads, long Writes, long Throttled, double Seconds, string? Learned, double? Efficiency = null)
{
    /// <summary>
    /// The account of the whole run when this is that of its part after an interruption: sums; no efficiency, since it did not go in one stretch.
    /// What a killed part read, and how long it took, no one knows; what it wrote is known from the journal.
    /// </summary>
    /// <param name="earlier">What the parts before used; null when none reported.</param>
    /// <param name="sent">How many operations of the run were sent, as its journal says.</param>
    public Used After(Used? earlier, long sent) => new(
        Reads + (earlier?.Reads ?? 0), Math.Max(Writes + (earlier?.Writes ?? 0), sent), Throttled + (earlier?.Throttled ?? 0),
        Math.Round(Seconds + (earlier?.Seconds ?? 0), 1), Learned ?? earlier?.Learned);
}
