using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>Goes along a chain once, record by record in the order in which they are stored, and finds what is wrong with it.</summary>
/// <param name="key">The chain's key.</param>
/// <param name="heads">Heads recorded by a second sink, in any order.</param>
public sealed class AuditCheck(ReadOnlyMemory<byte> key, IEnumerable<AuditHead> heads)
{
    private const int MostFindings = 1_000;

    private readonly ILookup<long, AuditHead> _heads = heads.ToLookup(h => h.Number);
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly List<AuditFinding> _findings = [];
    private AuditRecord? _last;
    private long _seen;
    private long _sunk;
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    /// <summary>How many records were looked at.</summary>
    public long Records => _seen;

    /// <summary>Where the chain ends; null when it is empty.</summary>
    public AuditHead? Head => _last?.Head;

    /// <summary>When the first record was written; null when there is none that can be read.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Everything found so far; at most a thousand.</summary>
    public ImmutableArray<AuditFinding> Findings => [.. _findings];

    public void Observe(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _seen++;
        long expected = (_last?.Number ?? 0) + 1;
        if (record.Number != expected)
        {
            Add(AuditFinding.Missing, record.Number, record.Number == expected + 1
                ? FormattableString.Invariant($"Record {expected} is missing.")
                : FormattableString.Invariant($"Record {record.Number} follows where {expected} should be: records are missing."));
        }
        else if (!record.Previous.AsSpan().SequenceEqual((_last?.Mac ?? AuditChain.Beginning).AsSpan()))
        {
            Add(AuditFinding.BrokenLink, record.Number,
                FormattableString.Invariant($"Record {record.Number} does not follow the record before it: one of them was changed, exchanged or put in."));
        }

        if (!AuditChain.IsIntact(key.Span, record)) Add(AuditFinding.Edited, record.Number,
            FormattableString.Invariant($"Record {record.Number} is not as it was written: it was edited, or forged without the key."));
        foreach (AuditHead head in _heads[record.Number].Where(h => !string.Equals(h.Mac, record.Head.Mac, StringComparison.OrdinalIgnoreCase)).Take(1))
        {
            Add(AuditFinding.Replaced, record.Number,
                FormattableString.Invariant($"The second sink has another record {head.Number}: the trail was cut off before it and then continued."));
        }

        _last = record;
        Understand(record);
    }

    /// <summary>After the last record.</summary>
    public void End()
    {
        long last = _last?.Number ?? 0;
        long furthest = _heads.Select(h => h.Key).DefaultIfEmpty(0).Max();
        if (furthest > last) Add(AuditFinding.CutOff, furthest,
            FormattableString.Invariant($"The second sink has {furthest} records, the trail ends with {last}: its end was cut off."));
        if (_sunk > furthest) Add(AuditFinding.SecondSink, _sunk,
            FormattableString.Invariant($"The second sink should have at least {_sunk} records but has {furthest}: ")
            + "it was shortened, exchanged, or could not be written when the run ended.");
    }

    /// <summary>
    /// A run that the store knows and that was begun since there is a trail must be in the trail; where there is no trail left, every run. The
    /// trail reaches beyond the end of every run, since that is recorded last: so that a cut through the newest run shows without a second sink.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="endedAt">When it ended; null while it has not.</param>
    public void AddRun(string runId, DateTimeOffset startedAt, DateTimeOffset? endedAt = null)
    {
        if (!_begun.Contains(runId))
        {
            if (Since is { } since && startedAt < since) return;
            Add(AuditFinding.RunNotRecorded, null,
                $"The store has the run {runId}, but the trail does not show its start: records were cut off or left out.");
        }
        else if (endedAt is { } ended && (ended > _until || (ended == _until && !_ended.Contains(runId))))
        {
            Add(AuditFinding.EndNotRecorded, null,
                $"The store shows that the run {runId} ended, but the trail stops before that: records were cut off, "
                + "or the process was killed as it ended.");
        }
    }

    private void Understand(AuditRecord record)
    {
        if (AuditBody.TryRead(record.Body.AsSpan()) is not { } entry) return;
        Since ??= entry.At;
        if (entry.At > _until) _until = entry.At;
        if (entry is { Type: AuditType.RunEnded, RunId: { } ended }) _ended.Add(ended);
        switch (entry)
        {
            case { Type: AuditType.RunBegun, RunId: { } begun }:
                _begun.Add(begun);
                break;
            case { Type: AuditType.RunEnded, Details: { } details } when details.ContainsKey(AuditDetails.SecondSink):
                _sunk = record.Number;
                break;
        }
    }

    private void Add(string code, long? number, string message)
    {
        if (_findings.Count < MostFindings) _findings.Add(new AuditFinding(code, number, message));
    }
}

/// <summary>Names in <see cref="AuditEntry.Details"/> that a reader relies on.</summary>
public static class AuditDetails
{
    /// <summary>Where the chain's head was to be repeated.</summary>
    public const string SecondSink = "secondSink";
}
