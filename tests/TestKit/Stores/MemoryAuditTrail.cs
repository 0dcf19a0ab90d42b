using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>A chain of evidence in memory, on the caller's thread; passes the same suite as the one on disk.</summary>
public sealed class MemoryAuditTrail(ReadOnlyMemory<byte> key) : IAuditTrail
{
    private readonly List<AuditRecord> _records = [];

    /// <inheritdoc/>
    public ValueTask NoteAsync(AuditEntry entry, CancellationToken cancellation)
    {
        AuditRecord? last = _records.LastOrDefault();
        _records.Add(AuditChain.Next(key.Span, last?.Number ?? 0, last?.Mac ?? AuditChain.Beginning, AuditBody.Write(entry)));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation) => NoteAsync(entry, cancellation);

    /// <inheritdoc/>
    public ValueTask<AuditHead?> HeadAsync(CancellationToken cancellation) => ValueTask.FromResult(_records.LastOrDefault()?.Head);

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditRecord> RecordsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (AuditRecord record in _records.ToArray())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return record;
        }

        await ValueTask.CompletedTask;
    }
}
