using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Journal;

/// <summary>One logical request as it was asked and answered. Items of a batch are recorded one by one.</summary>
/// <param name="Number">Counts from 1 in the order of answering.</param>
/// <param name="Kind">The endpoint's name as fault plans use it, for example <c>phone.create</c>.</param>
/// <param name="Status">0: the connection was broken instead of an answer.</param>
/// <param name="Applied">Whether a write took effect.</param>
/// <param name="BatchItem">The item's id when it came in a batch.</param>
public sealed record RecordedRequest(
    long Number, DateTimeOffset At, string Method, string Path, string Kind, Guid? UserId, string? Body,
    int Status, bool Applied, string? ClientRequestId, Guid RequestId, string? BatchItem);

/// <summary>What was asked, newest last; the oldest are forgotten beyond the capacity. Counts are exact whatever the capacity.</summary>
public sealed class RequestJournal
{
    private readonly Lock _sync = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly int _capacity;
    private readonly bool _bodies;
    private long _total;
    private long _writes;
    private long _overlapping;

    internal RequestJournal(int capacity, bool bodies) => (_capacity, _bodies) = (capacity, bodies);

    public ImmutableArray<RecordedRequest> Requests
    {
        get { lock (_sync) return [.. _requests]; }
    }

    /// <summary>Only those that changed something.</summary>
    public ImmutableArray<RecordedRequest> AppliedWrites
    {
        get { lock (_sync) return [.. _requests.Where(r => r.Applied)]; }
    }

    /// <summary>Number of requests by kind.</summary>
    public ImmutableSortedDictionary<string, long> Counts
    {
        get { lock (_sync) return _counts.ToImmutableSortedDictionary(StringComparer.Ordinal); }
    }

    public long Total { get { lock (_sync) return _total; } }
    public long AppliedWriteCount { get { lock (_sync) return _writes; } }

    /// <summary>How often a write came while another write of the same user was still under way (seen only where writes take time).</summary>
    public long OverlappingWrites { get { lock (_sync) return _overlapping; } }

    public void Clear()
    {
        lock (_sync)
        {
            _requests.Clear();
            _counts.Clear();
            _writes = _overlapping = 0;
        }
    }

    internal void Overlapped()
    {
        lock (_sync) _overlapping++;
    }

    internal void Record(Call call, int status, DateTimeOffset at)
    {
        lock (_sync)
        {
            _total++;
            _counts[call.Route.Kind] = _counts.GetValueOrDefault(call.Route.Kind) + 1;
            if (call.Applied) _writes++;
            if (_capacity == 0) return;
            if (_requests.Count >= _capacity) _requests.Dequeue();
            _requests.Enqueue(new RecordedRequest(_total, at, call.Method, call.Target, call.Route.Kind, call.Subject?.Id,
                _bodies && !call.Body.IsEmpty ? Encoding.UTF8.GetString(call.Body.Span) : null,
                status, call.Applied, call.Headers.ClientRequestId, call.RequestId, call.BatchItem));
        }
    }
}
