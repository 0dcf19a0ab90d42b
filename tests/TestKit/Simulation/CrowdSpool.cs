using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Simulation;

/// <summary>A plan spool for a crowd: it keeps counts and marks, and makes rows and plans anew when they are asked for.</summary>
public sealed class CrowdSpool(Crowd crowd) : IPlanSpool
{
    private readonly bool[] _matched = new bool[crowd.Count];
    private readonly Situation?[] _situations = new Situation?[crowd.Count];

    public long RowCount { get; private set; }

    /// <summary>How many users were planned as being in a situation.</summary>
    public int In(Situation situation) => _situations.Count(s => s == situation);

    public ValueTask AddRowAsync(SourceRow row, CancellationToken cancellation)
    {
        RowCount++;
        return ValueTask.CompletedTask;
    }

    public ValueTask MatchAsync(ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        foreach (DirectoryUser user in users) _matched[Crowd.IndexOf(user.Uid)] = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask MatchAsync(UserKey key, ImmutableArray<DirectoryUser> users, CancellationToken cancellation) => MatchAsync(users, cancellation);

    public async IAsyncEnumerable<UserKey> KeysAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        for (int user = 0; user < crowd.Count; user++) yield return Crowd.Row(user).Key!.Value;
    }

    public async IAsyncEnumerable<ResolvedRow> ResolvedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        for (int user = 0; user < crowd.Count; user++)
        {
            yield return _matched[user]
                ? new ResolvedRow(Crowd.Row(user), Crowd.Account(user), 1, 1, null, 1) : new ResolvedRow(Crowd.Row(user), null, 0, 0, null, 1);
        }
    }

    public ValueTask SaveAsync(PlannedUser user, CancellationToken cancellation)
    {
        _situations[(int)user.Row.Ordinal] = user.Plan.Situation;
        return ValueTask.CompletedTask;
    }

    /// <summary>Everybody who is to be changed; who could not be planned has no place in a simulation and is an error of it.</summary>
    public async IAsyncEnumerable<PlannedUser> PlannedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        for (int user = 0; user < crowd.Count; user++)
        {
            if (_situations[user] is not (Situation.Equal
                or Situation.Changed)) throw new InvalidOperationException($"User {user} was planned as {_situations[user]}.");
            if (_situations[user] == Situation.Changed) yield return Crowd.Planned(user);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
