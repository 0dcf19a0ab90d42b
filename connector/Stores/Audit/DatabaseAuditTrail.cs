using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Audit;

/// <summary>Audit trail in the run store's database. Records go through the store's one
/// writer, so that a noted record shares the flush of what comes after it.</summary>
internal sealed class DatabaseAuditTrail(StoreDatabase database, CommitQueue queue, ValueEncryption vault, ReadOnlyMemory<byte> key) : IAuditTrail
{
    private const int PageSize = 500;
    private readonly AuditRows _rows = new(database, vault);

    /// <inheritdoc/>
    public ValueTask NoteAsync(AuditEntry entry, CancellationToken cancellation)
    {
        byte[] body = AuditBody.Write(entry);
        queue.Ride(writes => _rows.Append(writes.Connection, key.Span, body));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        byte[] body = AuditBody.Write(entry);
        await queue.CommitAsync(writes => _rows.Append(writes.Connection, key.Span, body), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<AuditHead?> HeadAsync(CancellationToken cancellation)
    {
        await queue.FlushAsync(cancellation);
        await using DbConnection connection = await database.OpenAsync(cancellation);
        (long number, ImmutableArray<byte> mac) = database.Guard(() => AuditRows.Last(connection));
        return number == 0 ? null : new AuditHead(number, Convert.ToHexStringLower(mac.AsSpan()));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditRecord> RecordsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await queue.FlushAsync(cancellation);
        long after = long.MinValue;
        ImmutableArray<AuditRecord> page;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            await using (DbConnection connection = await database.OpenAsync(cancellation))
            {
                page = database.Guard(() => _rows.Page(connection, after, PageSize));
            }

            foreach (AuditRecord record in page)
            {
                after = record.Number;
                yield return record;
            }
        }
        while (page.Length == PageSize);
    }
}
