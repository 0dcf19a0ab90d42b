using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Simulation;

/// <summary>A run store for a crowd: one byte a user, everything else is made anew when it is asked for.</summary>
public sealed class CrowdRunStore(Crowd crowd) : IRunStore
{
    private readonly OperationOutcome?[] _outcomes = new OperationOutcome?[crowd.Count];
    private readonly bool[] _verified = new bool[crowd.Count];
    private RunHeader? _run;

    /// <summary>Intents written down: writes sent, throttled ones counted once.</summary>
    public long Intents { get; private set; }

    /// <summary>Users who are done and were seen so.</summary>
    public int Verified => _verified.Count(v => v);

    public async ValueTask BeginAsync(RunHeader run, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        _run = run;
        await foreach (PlannedUser _ in users.WithCancellation(cancellation)) cancellation.ThrowIfCancellationRequested();
    }

    public ValueTask UpdateAsync(RunHeader run, CancellationToken cancellation)
    {
        _run = run;
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<RunHeader> SinglesAsync(bool unfinished, CancellationToken cancellation) => AsyncEnumerable.Empty<RunHeader>();

    public async IAsyncEnumerable<RunHeader> RunsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (_run is not null) yield return _run;
    }

    public ValueTask<RunHeader?> FindRunAsync(string runId, CancellationToken cancellation) => ValueTask.FromResult(_run?.RunId == runId ? _run : null);

    public async IAsyncEnumerable<RunUser> UsersAsync(string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        for (int user = 0; user < crowd.Count; user++)
        {
            if (!crowd.Lacks(user)) continue;
            PlannedUser planned = Crowd.Planned(user);
            yield return new RunUser(planned, _outcomes[user] is not { } outcome ? null : new UserResult
            {
                Operations = [new OperationResult(planned.Plan.Operations[0], outcome)], Verified = _verified[user],
            });
        }
    }

    public ValueTask<ImmutableArray<int>> OpenIntentsAsync(string runId, string uid, CancellationToken cancellation) =>
        ValueTask.FromResult(ImmutableArray<int>.Empty);

    public ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation)
    {
        Intents++;
        return ValueTask.CompletedTask;
    }

    public ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation)
    {
        int user = Crowd.IndexOf(uid);
        _outcomes[user] = result.Operations[0].Outcome;
        _verified[user] = result.Verified;
        return ValueTask.CompletedTask;
    }

    public ValueTask<string?> FindClaimAsync(string planId, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);

    public ValueTask<bool> ClaimPlanAsync(string planId, string runId, DateTimeOffset at, CancellationToken cancellation) => ValueTask.FromResult(true);

    public ValueTask<ReadOnlyMemory<byte>> KeyAsync(string name, CancellationToken cancellation) => ValueTask.FromResult<ReadOnlyMemory<byte>>(new byte[32]);

    public ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);

    public ValueTask WriteNoteAsync(string name, string text, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ChangeNoteAsync(string name, Func<string?, string> change, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
