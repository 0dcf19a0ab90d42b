using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Moves;
using ProvisioningConnector.Engine.Runs.Retiring;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>What is in force while a plan is made.</summary>
public sealed record PlanSettings
{
    public PlanningPolicy Policy { get; init; } = PlanningPolicy.Default;

    public GuardrailLimits Limits { get; init; } = new();

    public Allowances Allowances { get; init; } = Allowances.None;

    /// <summary>Protected users (user principal name, object id, <c>employeeId:…</c>, <c>mail:…</c> or <c>group:…</c>) and why; looked up before anything
    /// is changed.</summary>
    public ImmutableDictionary<string, string> Protected { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Dates from which phones serve no longer.</summary>
    public RetiringTerms Retiring { get; init; } = new();

    /// <summary>Groups for whose members policy <c>Phones</c> is <c>Retired</c>: object ids, or everybody.</summary>
    public ImmutableArray<string> RetiredGroups { get; init; } = [];

    /// <summary>The second opinion on numbers.</summary>
    public CheckedPlanner Numbers { get; init; } = CheckedPlanner.None;

    /// <summary>What earlier runs left behind.</summary>
    public PlanMemory Memory { get; init; } = PlanMemory.None;

    /// <summary>Users who are owed SMS sign-in; null where nothing is remembered of that, as in an undo.</summary>
    public SignInMemory? SignIns { get; init; }

    /// <summary>When the plan is made, for what has been held for some time.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Where the rows come from; those of a list are counted and compared with the last accepted one.</summary>
    public PlanOrigin Origin { get; init; } = new PlanOrigin.Source();

    /// <summary>
    /// Whether a row is planned; null: every row. Rows left aside still count in what is asked of the source as a whole (its size, users named twice,
    /// numbers shared), and are neither read nor counted in the plan.
    /// </summary>
    public Func<SourceRow, bool>? Only { get; init; }

    /// <summary>When the source's file was last written; null where there is none.</summary>
    public DateTimeOffset? SourceDate { get; init; }

    /// <summary>Digest of the source's bytes, asked for when all rows were read.</summary>
    public Func<string?> SourceSha256 { get; init; } = () => null;

    /// <summary>Up to this many rows users are looked up one by one; beyond, the whole directory is paged (docs/design.md#resolving-users).</summary>
    public int SmallSource { get; init; } = 50;

    /// <summary>Users that are looked up at once in a small source.</summary>
    public int LookUpsInFlight { get; init; } = 8;

    /// <summary>Reads of up to 20 users each that may be prepared at once; how many are on their way is the gate's business.</summary>
    public int ReadsInFlight { get; init; } = 64;

    /// <summary>What so many reads and writes cost at the current rates.</summary>
    public Func<long, long, Forecast> Forecast { get; init; } = (reads, writes) => new Forecast(reads, writes, 0);
}
