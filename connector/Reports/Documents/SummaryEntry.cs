using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>Exact counts over all rows (docs/documents.md#summary). What belongs to runs only is null in a plan and left out of its JSON.</summary>
public sealed record SummaryEntry
{
    /// <summary>Sum of the situations.</summary>
    public required long Users { get; init; }

    public required long Equal { get; init; }

    public required long Changed { get; init; }

    public required long Held { get; init; }

    public required long Invalid { get; init; }

    public required long NotFound { get; init; }

    public required long NotRead { get; init; }

    public required OperationCounts Operations { get; init; }

    public required Forecast Forecast { get; init; }

    /// <summary>Addition: users who have a phone now and will have none.</summary>
    public long LosingLastPhone { get; init; }

    /// <summary>Addition: users whose number of usable methods falls.</summary>
    public long EndingWithFewer { get; init; }

    /// <summary>Addition: users, equal ones included, whose only usable methods are phones when everything is done.</summary>
    public long OnlyPhone { get; init; }

    /// <summary>Addition: users whose default method is set by an operation.</summary>
    public long DefaultMoving { get; init; }

    /// <summary>Addition: users who take a number that signs another user in by SMS until then.</summary>
    public long Moves { get; init; }

    /// <summary>Addition: users with at least one hold that someone should look at.</summary>
    public long HeldNotStanding { get; init; }

    /// <summary>Addition: users with something held because it was changed in the tenant since it was last verified.</summary>
    public long Drifted { get; init; }

    public long? Done { get; init; }

    public long? Failed { get; init; }

    public long? Unknown { get; init; }

    public long? Stale { get; init; }

    public long? Skipped { get; init; }

    /// <summary>Addition, runs only: planned operations by outcome; null in runs of versions that
    /// did not count them. In a run that goes on only those that are settled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OperationOutcomeCounts? OperationOutcomes { get; init; }

    public Used? Used { get; init; }

    public static SummaryEntry From(PlanHeader plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Summary summary = plan.Summary;
        return new()
        {
            Users = summary.Users,
            Equal = summary.Equal,
            Changed = summary.Changed,
            Held = summary.Held,
            Invalid = summary.Invalid,
            NotFound = summary.NotFound,
            NotRead = summary.NotRead,
            Operations = summary.Operations,
            Forecast = plan.Forecast,
            LosingLastPhone = summary.LosingLastPhone,
            EndingWithFewer = summary.EndingWithFewer,
            OnlyPhone = summary.OnlyPhone,
            DefaultMoving = summary.DefaultMoving,
            Moves = summary.Moves,
            HeldNotStanding = summary.HeldNotStanding,
            Drifted = summary.Drifted,
        };
    }

    public static SummaryEntry From(RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return From(run.Plan) with
        {
            Done = run.Outcomes.Done,
            Failed = run.Outcomes.Failed,
            Unknown = run.Outcomes.Unknown,
            Stale = run.Outcomes.Stale,
            Skipped = run.Outcomes.Skipped,
            OperationOutcomes = run.Operations,
            Used = run.Used,
        };
    }

    /// <summary>How many users are in a situation.</summary>
    public long this[Situation situation] => situation switch
    {
        Situation.Equal => Equal,
        Situation.Changed => Changed,
        Situation.Held => Held,
        Situation.Invalid => Invalid,
        Situation.NotFound => NotFound,
        Situation.NotRead => NotRead,
    };

    /// <summary>The engine's form of it.</summary>
    public Summary ToSummary() => new()
    {
        Equal = Equal,
        Changed = Changed,
        Held = Held,
        Invalid = Invalid,
        NotFound = NotFound,
        NotRead = NotRead,
        Operations = Operations,
        LosingLastPhone = LosingLastPhone,
        EndingWithFewer = EndingWithFewer,
        OnlyPhone = OnlyPhone,
        DefaultMoving = DefaultMoving,
        Moves = Moves,
        HeldNotStanding = HeldNotStanding,
        Drifted = Drifted,
    };
}
