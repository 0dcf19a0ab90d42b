using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What is in force for changes of single users of one tenant.</summary>
public sealed record ChangeSettings
{
    public required TenantIdentity Tenant { get; init; }

    /// <summary>Name of this process among those who lock users; never two alike.</summary>
    public required string Holder { get; init; }

    /// <summary>This process; others take over its locks at once when it is gone.</summary>
    public required HolderProcess Process { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>A new id that nobody else makes; the letter tells runs (<c>r</c>) from plans (<c>p</c>).</summary>
    public required Func<char, string> NewId { get; init; }

    /// <summary>Which changes need a second person. A change of one user has no place for an approval, so what needs one is refused.</summary>
    public required ApprovalRule RequireApproval { get; init; }

    public PlanningPolicy Policy { get; init; } = PlanningPolicy.Default;

    public GuardrailLimits Limits { get; init; } = new();

    /// <summary>Protected users (user principal name, object id, <c>employeeId:…</c> or <c>mail:…</c>) and why; looked up before anything is changed.</summary>
    public ImmutableDictionary<string, string> Protected { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    public ExecutorSettings Execution { get; init; } = new();

    /// <summary>A lock on a user lives so long after each renewal; longer than a request.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a lock on a user and a request live.</summary>
    public LeaseTerms LockTerms => new(LockDuration, Execution.RequestTimeout);

    /// <summary>Pauses between tries for a user whom another holder works on, since most changes take a second or two; afterwards, or where they are
    /// not worth while (<see cref="UserLocking.PauseFor"/>), the user is <see cref="ChangeResult.Busy"/>.</summary>
    public ImmutableArray<TimeSpan> LockPauses { get; init; } = [TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(2)];

    /// <summary>For so long it is believed who holds a directory role.</summary>
    public TimeSpan PrivilegedMaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For so long the number of the tenant's users is believed.</summary>
    public TimeSpan PopulationMaxAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Hears of a change that failed when its caller was gone already.</summary>
    public Action<Exception> Abandoned { get; init; } = static _ => { };

    /// <summary>For so long a read must show what was just written here, or is made again: copies of the directory lag.</summary>
    public TimeSpan OwnWritesShownWithin { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A lock of ours on a user, without its end.</summary>
    /// <param name="uid">The user's object id.</param>
    /// <param name="by">Which of our works; never two alike at one time.</param>
    internal UserLock LockOn(string uid, string by) => new(Tenant.Id, uid, $"{Holder}/{by}", null, default)
    {
        Process = Process, RequestTimeout = Execution.RequestTimeout,
    };
}
