using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition.Audit;

/// <summary>Tells the chain of evidence of changes of single users, each in the name of who asked for it.</summary>
/// <param name="desk">The desk of an actor.</param>
/// <param name="reason">Why, where the caller said it.</param>
internal sealed class ChangeWitness(Func<string, AuditDesk> desk, string? reason = null) : IChangeWitness
{
    /// <inheritdoc/>
    public IRunJournal Journal(RunHead run, RunUser user, IRunJournal journal)
    {
        AuditedJournal audited = desk(run.AppliedBy).Journal(run, journal);
        audited.Begins(user);
        return audited;
    }

    /// <inheritdoc/>
    public async ValueTask BeginsAsync(RunHead run, CancellationToken cancellation) => await desk(run.AppliedBy).BeginsAsync(run, reason, cancellation);

    /// <inheritdoc/>
    public async ValueTask EndsAsync(RunHead run, CancellationToken cancellation) => await desk(run.AppliedBy).EndsAsync(run, cancellation);
}
