using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.TestKit.Leases;

/// <summary>The run store as one process reaches it, with the fence against holders that lost the lease.</summary>
/// <param name="process">Who reaches it.</param>
/// <param name="shared">What all processes share.</param>
/// <param name="fence">Knows who took the lease.</param>
public sealed class ProcessRunStore(ModelProcess process, MemoryRunStore shared, ModelFence fence) : IRunStore
{
    /// <summary>Our epoch; with a later one the tenant belongs to another process.</summary>
    public long Epoch { get; set; } = long.MaxValue;

    public ValueTask BeginAsync(RunHeader run, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation) =>
        DoAsync(() => Fenced(IsSuperseded, run.RunId, () => shared.BeginAsync(run, users, cancellation)));

    public ValueTask UpdateAsync(RunHeader run, CancellationToken cancellation) =>
        DoAsync(() => Fenced(fence.IsHeadSuperseded(run.RunId, Epoch), run.RunId, () => shared.UpdateAsync(run, cancellation)));

    public ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation) =>
        DoAsync(() => Fenced(IsSuperseded, runId, () =>
        {
            fence.Note(uid, Epoch);
            return shared.IntentAsync(runId, uid, index, operation, at, cancellation);
        }));

    public ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation) =>
        DoAsync(() => IsSuperseded ? ValueTask.CompletedTask : shared.OutcomeAsync(runId, uid, index, result, cancellation));

    public ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation) =>
        DoAsync(() => Fenced(IsSuperseded, runId, () => shared.UserAsync(runId, uid, result, cancellation)));

    public IAsyncEnumerable<RunHeader> RunsAsync(CancellationToken cancellation) => shared.RunsAsync(cancellation);

    public IAsyncEnumerable<RunHeader> SinglesAsync(bool unfinished, CancellationToken cancellation) => shared.SinglesAsync(unfinished, cancellation);

    public ValueTask<RunHeader?> FindRunAsync(string runId, CancellationToken cancellation) =>
        process.StoreAsync(() => shared.FindRunAsync(runId, cancellation));

    public async IAsyncEnumerable<RunUser> UsersAsync(string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (RunUser user in shared.UsersAsync(runId, cancellation))
        {
            await process.AwakeAsync();
            yield return user;
        }
    }

    public ValueTask<ImmutableArray<int>> OpenIntentsAsync(string runId, string uid, CancellationToken cancellation) =>
        process.StoreAsync(() => shared.OpenIntentsAsync(runId, uid, cancellation));

    public ValueTask<string?> FindClaimAsync(string planId, CancellationToken cancellation) =>
        process.StoreAsync(() => shared.FindClaimAsync(planId, cancellation));

    public ValueTask<bool> ClaimPlanAsync(string planId, string runId, DateTimeOffset at, CancellationToken cancellation) =>
        process.StoreAsync(() => shared.ClaimPlanAsync(planId, runId, at, cancellation));

    public ValueTask<ReadOnlyMemory<byte>> KeyAsync(string name, CancellationToken cancellation) => shared.KeyAsync(name, cancellation);

    public ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellation) => shared.ReadNoteAsync(name, cancellation);

    public ValueTask WriteNoteAsync(string name, string text, CancellationToken cancellation) => shared.WriteNoteAsync(name, text, cancellation);

    public ValueTask ChangeNoteAsync(string name, Func<string?, string> change, CancellationToken cancellation) =>
        shared.ChangeNoteAsync(name, change, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool IsSuperseded => fence.IsSuperseded(Epoch);

    private static ValueTask Fenced(bool isSuperseded, string runId, Func<ValueTask> work) =>
        isSuperseded ? throw new StoreException(StoreProblem.Superseded, $"Another process has the tenant of run {runId}.", "") : work();

    private async ValueTask DoAsync(Func<ValueTask> work) => await process.StoreAsync(async () =>
    {
        await work();
        return true;
    });
}
