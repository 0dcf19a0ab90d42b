using System.Collections.Immutable;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Composition;

/// <summary>In whose name and how a plan is made and a run executed: by a command, or by a request to the facade.</summary>
internal sealed record RunOrder
{
    /// <summary>Whom plan, run and chain of evidence name.</summary>
    public required string Actor { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Who hears how it goes on, given what the tenant's gates did.</summary>
    public required Func<Func<PacingAccount>, IRunProgress> Progress { get; init; }

    /// <summary>Hears what is not the result.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Opens standard input; only a command has one.</summary>
    public Func<Stream> StandardInput { get; init; } = static () => throw new InvalidOperationException("Only a command has a standard input.");

    /// <summary>What is allowed for once (<c>--allow</c>).</summary>
    public ImmutableArray<string> Allow { get; init; } = [];

    /// <summary>Why, for the chain of evidence.</summary>
    public string? Reason { get; init; }

    /// <summary>Only who may have changed is read.</summary>
    public bool Incremental { get; init; }

    /// <summary>The source holds only changes, whatever the configuration says.</summary>
    public bool Delta { get; init; }

    /// <summary>Wait for another run that holds the tenant.</summary>
    public bool Wait { get; init; }

    /// <summary>The source is read a second time by <see cref="Planned"/>.</summary>
    public bool SecondPass { get; init; }

    /// <summary>Called when the plan is made, while its source is still open.</summary>
    public Func<OpenedSource, IPlanSpool, CancellationToken, Task> Planned { get; init; } = static (_, _, _) => Task.CompletedTask;

    /// <summary>First signal: finish users who have begun, begin no others.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The time to finish them is over: leave them between two operations.</summary>
    public CancellationToken Cut { get; init; }

    /// <summary>Second signal: give up.</summary>
    public CancellationToken Cancellation { get; init; }
}
