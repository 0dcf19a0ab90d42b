using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What is asked of the pipeline, by a command, a request or a schedule.</summary>
public sealed record RunRequest
{
    public required RunWork Work { get; init; }

    /// <summary>Who asks: <c>user@host</c>, or the name of a key. Plan, run and evidence name them; limits over time are kept per actor.</summary>
    public required string Actor { get; init; }

    /// <summary>Why, for the chain of evidence.</summary>
    public string? Reason { get; init; }

    /// <summary>Why a step of <c>migrate</c> may write to a tenant that this version did not ask what is not certain of it; null: it may not.</summary>
    public string? Unproven { get; init; }

    /// <summary>What the chain of evidence says of why.</summary>
    public string? Recorded => Unproven is null ? Reason : Reason is null ? $"unproven: {Unproven}" : $"{Reason}; unproven: {Unproven}";

    /// <summary>Plan only: no lock, no reservation, no journal, nothing written.</summary>
    public bool DryRun { get; init; }

    /// <summary>Id of the run; null: a new one.</summary>
    public string? RunId { get; init; }

    /// <summary>The store is new to this tenant on purpose.</summary>
    public bool NewStore { get; init; }

    /// <summary>Wait for another run that holds the tenant, instead of ending as busy.</summary>
    public bool Wait { get; init; }

    /// <summary>Read only users who may have changed.</summary>
    public bool Incremental { get; init; }

    /// <summary>Ask for a second opinion on every number of the list, also on those that are there already.</summary>
    public bool CheckNumbers { get; init; }

    /// <summary>What is allowed for once.</summary>
    public Allowances Allowances { get; init; } = Allowances.None;

    /// <summary>The same as it was written, for the chain of evidence.</summary>
    public ImmutableArray<string> Allow { get; init; } = [];

    public RunBounds Bounds { get; init; } = RunBounds.None;

    /// <summary>Progress of the plan, and once more of the execution.</summary>
    public Func<IRunProgress> Progress { get; init; } = static () => SilentProgress.Instance;

    /// <summary>Receives what is to be known and is not the result; masked.</summary>
    public Action<string> Notify { get; init; } = static _ => { };

    /// <summary>What else speaks against executing the plan, such as rights that the caller lacks for its operations.</summary>
    public Func<PreparedRun, CancellationToken, ValueTask<ImmutableArray<Diagnostic>>> ObjectionsAsync { get; init; } =
        static (_, _) => new(ImmutableArray<Diagnostic>.Empty);

    /// <summary>Called when source and tenant are open and locked, where there is a lock; planning begins.</summary>
    public Action OnLocked { get; init; } = static () => { };

    /// <summary>Called when the run begins to write.</summary>
    public Action OnBegin { get; init; } = static () => { };
}
