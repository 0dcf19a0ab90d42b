using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Hears of every change that is written down; the host tells the chain of evidence.
/// What it throws before the first write keeps it from being sent.</summary>
public interface IChangeWitness
{
    /// <summary>The journal that the change is executed with: the given one, or one around it.</summary>
    IRunJournal Journal(RunHead run, RunUser user, IRunJournal journal);

    /// <summary>Before anything is sent.</summary>
    ValueTask BeginsAsync(RunHead run, CancellationToken cancellation);

    ValueTask EndsAsync(RunHead run, CancellationToken cancellation);
}

/// <summary>Tells nobody.</summary>
public sealed class SilentWitness : IChangeWitness
{
    public IRunJournal Journal(RunHead run, RunUser user, IRunJournal journal) => journal;

    public ValueTask BeginsAsync(RunHead run, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask EndsAsync(RunHead run, CancellationToken cancellation) => ValueTask.CompletedTask;
}
