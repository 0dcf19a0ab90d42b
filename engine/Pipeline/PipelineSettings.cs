using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Retiring;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What is in force for one tenant.</summary>
public sealed record PipelineSettings
{
    /// <summary>Name of this process among those who lock users; never two alike.</summary>
    public required string Holder { get; init; }

    /// <summary>This process; others take over its locks at once when it is gone.</summary>
    public required HolderProcess Process { get; init; }

    /// <summary>This process as the holder of the tenant's lease, for a run.</summary>
    public required Func<string, LeaseHolder> LeaseHolder { get; init; }

    /// <summary>What is known of the process that holds a lease.</summary>
    public required Func<HolderProcess, HolderState> StateOf { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>A new unique id; the letter distinguishes runs (<c>r</c>) from plans (<c>p</c>).</summary>
    public required Func<char, string> NewId { get; init; }

    /// <summary>Which changes need a second person. A change of one user has no place for an approval, so what needs one is refused.</summary>
    public required ApprovalRule RequireApproval { get; init; }

    /// <summary>Who may approve.</summary>
    public Approvers Approvers { get; init; } = Approvers.None;

    /// <summary>Decides on approvals.</summary>
    internal ApprovalJudge Approvals => new(RequireApproval, Approvers);

    public PlanningPolicy Policy { get; init; } = PlanningPolicy.Default;

    public GuardrailLimits Limits { get; init; } = new();

    /// <summary>Protected users (user principal name, object id, <c>employeeId:…</c>, <c>mail:…</c> or <c>group:…</c>) and why; looked up before anything
    /// is changed.</summary>
    public ImmutableDictionary<string, string> Protected { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Dates from which phones serve no longer.</summary>
    public RetiringTerms Retiring { get; init; } = new();

    /// <summary>Groups for whose members policy <c>Phones</c> is <c>Retired</c>: object ids, or everybody.</summary>
    public ImmutableArray<string> RetiredGroups { get; init; } = [];

    /// <summary>How long a saved plan may be applied.</summary>
    public TimeSpan PlanMaxAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>In incremental runs all users are read again within this time.</summary>
    public TimeSpan FullSweepAfter { get; init; } = TimeSpan.FromDays(7);

    public ExecutorSettings Execution { get; init; } = new();

    /// <summary>The tenant's lease and a lock on a user live so long after each renewal; longer than a request.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a lease, a lock on a user and a request live.</summary>
    public LeaseTerms Terms => new(LockDuration, Execution.RequestTimeout);

    /// <summary>Pauses between tries for a user whom another holder works on, since most changes take a second or two; afterwards, or where they are
    /// not worth while (<see cref="UserLocking.PauseFor"/>), the user is <see cref="RunResult.Busy"/>.</summary>
    public ImmutableArray<TimeSpan> LockPauses { get; init; } = [TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(2)];

    /// <summary>So long it is believed who holds a directory role.</summary>
    public TimeSpan PrivilegedMaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So long the number of the tenant's users is believed.</summary>
    public TimeSpan PopulationMaxAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Receives the error of a change whose caller had left.</summary>
    public Action<Exception> Abandoned { get; init; } = static _ => { };

    /// <summary>So long a read must show what was just written here, or is made again: copies of the directory lag.</summary>
    public TimeSpan OwnWritesShownWithin { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A lock of ours on a user, without its end.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="uid">The user's object id.</param>
    /// <param name="by">Which of our works; never two alike at one time.</param>
    /// <param name="runId">The change that it is for.</param>
    internal UserLock LockOn(string tenantId, string uid, string by, string runId) => new(tenantId, uid, $"{Holder}/{by}", null, default)
    {
        RunId = runId, Process = Process, RequestTimeout = Execution.RequestTimeout,
    };
}
