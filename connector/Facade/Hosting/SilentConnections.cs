using Microsoft.AspNetCore.Connections;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>
/// Open connections on which no request has begun yet, oldest first. Where a limit is met they make room, so that those who connect and say nothing keep
/// no one out (docs/facade.md#connections).
/// </summary>
internal sealed class SilentConnections(TimeProvider time)
{
    /// <summary>A connection is not silent before: its TLS handshake and its first request are on their way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WaitForEnd = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly LinkedList<SilentConnection> _all = [];

    /// <summary>Begins to watch a connection, until its first request or its end.</summary>
    public SilentConnection Watch(ConnectionContext connection, string place)
    {
        SilentConnection one = new(this, connection, place, time.GetTimestamp());
        lock (_gate) _all.AddLast(one.Node);
        return one;
    }

    /// <summary>Ends the oldest one, and waits until its place is free.</summary>
    /// <param name="place">Of this address only; null: of any.</param>
    /// <returns>False where none has been silent for long enough.</returns>
    public async ValueTask<bool> EndOldestAsync(string? place)
    {
        if (TakeOldest(place) is not { } oldest) return false;
        await oldest.EndAsync().WaitAsync(WaitForEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    internal void Forget(SilentConnection one)
    {
        lock (_gate)
        {
            if (one.Node.List is not null) _all.Remove(one.Node);
        }
    }

    private SilentConnection? TakeOldest(string? place)
    {
        lock (_gate)
        {
            for (LinkedListNode<SilentConnection>? node = _all.First; node is not null && time.GetElapsedTime(node.Value.Since) >= Patience; node = node.Next)
            {
                if (place is not null && node.Value.Place != place) continue;
                _all.Remove(node);
                return node.Value;
            }

            return null;
        }
    }
}

/// <summary>A connection that is watched; the feature by which its first request says that it has begun.</summary>
internal sealed class SilentConnection : IDisposable
{
    private readonly SilentConnections _all;
    private readonly ConnectionContext _connection;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SilentConnection(SilentConnections all, ConnectionContext connection, string place, long since)
    {
        (_all, _connection, Place, Since) = (all, connection, place, since);
        Node = new LinkedListNode<SilentConnection>(this);
    }

    /// <summary>Where it comes from.</summary>
    internal string Place { get; }

    /// <summary>Monotonic time at which it was accepted.</summary>
    internal long Since { get; }

    internal LinkedListNode<SilentConnection> Node { get; }

    /// <summary>A request has begun.</summary>
    public void EndSilence() => _all.Forget(this);

    /// <summary>The connection has ended and its place is free.</summary>
    public void Dispose()
    {
        _all.Forget(this);
        _ended.TrySetResult();
    }

    internal Task EndAsync()
    {
        _connection.Abort(new ConnectionAbortedException("No request came, and its place was needed."));
        return _ended.Task;
    }
}
