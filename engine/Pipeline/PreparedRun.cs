using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>
/// A plan that may be executed: planned, judged, and locked unless it was a dry run. Dispose it: what is locked is released then, except
/// while the run is executed, which releases it at its end.
/// </summary>
public sealed class PreparedRun : IAsyncDisposable
{
    private int _owner;

    internal PreparedRun(Stages stages) => Stages = stages;

    /// <summary>What it came to without a write; null when there is something to execute.</summary>
    public RunResult? Settled { get; internal set; }

    /// <summary>What was asked for.</summary>
    public RunRequest Request => Stages.Request;

    /// <summary>Id of the run, once it begins.</summary>
    public string RunId => Stages.RunId;

    /// <summary>The plan with its verdicts.</summary>
    /// <exception cref="InvalidOperationException">It ended before there was a plan (<see cref="Settled"/>).</exception>
    public PlanHeader Head => Stages.Head;

    internal Stages Stages { get; }

    /// <summary>Everybody in the plan who is not equal.</summary>
    public IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation) => Stages.UsersAsync(cancellation);

    /// <summary>What would keep it from being executed, guardrails aside: protected users, a missing approval, the caller's rights.</summary>
    public async ValueTask<ImmutableArray<Diagnostic>> ObjectionsAsync(CancellationToken cancellation) =>
    [
        .. await Stages.ProtectionsAsync(cancellation),
        .. await Stages.MissingApprovalAsync(cancellation),
        .. await Request.ObjectionsAsync(this, cancellation),
    ];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => TryOwn() ? Stages.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Hands the stages to one owner, who disposes them: the execution, or else the caller.</summary>
    internal bool TryOwn() => Interlocked.Exchange(ref _owner, 1) == 0;
}
