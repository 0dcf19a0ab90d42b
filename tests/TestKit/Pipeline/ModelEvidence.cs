using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Pipeline;

/// <summary>A chain of evidence that notes the order of its records.</summary>
public class ModelEvidence : IEvidence
{
    /// <summary>What was recorded, in order.</summary>
    public List<string> Records { get; } = [];

    /// <summary>What checking the second sink comes to.</summary>
    public Action SecondSink { get; set; } = static () => { };

    public void CheckSecondSink() => SecondSink();

    public Task NewStoreAsync(TenantIdentity newTenant, string? reason, CancellationToken cancellation) => Note("new store");

    public Task OverriddenAsync(PlanHeader plan, ImmutableArray<string> allowances, string? reason, CancellationToken cancellation) => Note("override");

    public virtual Task BeginsAsync(RunHeader run, string? reason, CancellationToken cancellation) => Note("begins");

    public virtual IEvidenceJournal Journal(RunHeader run, IRunJournal journal) => new Unrecorded(journal);

    public Task EndsAsync(RunHeader run, CancellationToken cancellation) => Note("ends");

    public Task<string?> ConcludeAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    private Task Note(string record)
    {
        lock (Records) Records.Add(record);
        return Task.CompletedTask;
    }

    private sealed class Unrecorded(IRunJournal journal) : IEvidenceJournal
    {
        public void Begins(RunUser user)
        {
        }

        public ValueTask IntentAsync(
            string runId, string uid, int index, Engine.Planning.Operation operation, DateTimeOffset at, CancellationToken cancellation) =>
            journal.IntentAsync(runId, uid, index, operation, at, cancellation);

        public ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation) =>
            journal.OutcomeAsync(runId, uid, index, result, cancellation);

        public ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation) =>
            journal.UserAsync(runId, uid, result, cancellation);
    }
}
