using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Spool;

/// <summary>
/// A plan's rows in a scratch database on disk. Memory holds a page of a thousand rows and a cache of 16 MB, whatever the
/// number of users. Calls may come from several tasks at once; each is answered on the caller's thread.
/// </summary>
public sealed class SqlitePlanSpool : IPlanSpool
{
    private readonly SpoolFile file;
    private readonly SpoolWork work;
    private readonly SpoolDigests digests = new();
    private readonly SpoolPages pages;
    private readonly SpoolMatching matching;
    private readonly SpoolPlans plans;
    private readonly SqliteCommand addRow;
    private long rowCount;
    private bool indexed;
    private bool resolved;

    private SqlitePlanSpool(SpoolFile file)
    {
        this.file = file;
        work = new SpoolWork(file.Connection);
        pages = new SpoolPages(file.Connection, work);
        matching = new SpoolMatching(file.Connection, digests);
        plans = new SpoolPlans(file.Connection);
        addRow = file.Connection.Prepare(SpoolSchema.AddRow, "$ordinal", "$key", "$mobile", "$alternate", "$place", "$body");
    }

    /// <inheritdoc/>
    public long RowCount => Interlocked.Read(ref rowCount);

    /// <summary>Makes an empty spool.</summary>
    /// <param name="directory">Where the scratch file goes; null for the system's directory for temporary files. A million rows take about 1 GB.</param>
    /// <exception cref="StoreException">It cannot be made there.</exception>
    public static SqlitePlanSpool Create(string? directory = null) => new(SpoolFile.Create(directory));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is a row with this ordinal already.</exception>
    public ValueTask AddRowAsync(SourceRow row, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(row);
        return work.WriteAsync(Add, row, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask MatchAsync(ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        await IndexAsync(cancellation);
        await work.WriteAsync(matching.Match, users, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask MatchAsync(UserKey key, ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        resolved = false;
        await work.WriteAsync(state => matching.Match(state.key, state.users), (key, users), cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserKey> KeysAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await IndexAsync(cancellation);
        await foreach (byte[] body in pages.ReadAsync(SpoolSchema.DistinctKeys, SecondColumn, cancellation))
        {
            if (Body.Read<SourceRow>(body).Key is { } key) yield return key;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ResolvedRow> ResolvedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!resolved) await work.DoAsync(Resolve, cancellation);
        await foreach (RowRecord row in pages.ReadAsync(ResolutionSchema.Page, RowRecord.Take, cancellation)) yield return row.Read();
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(PlannedUser user, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        return work.WriteAsync(plans.Save, user, cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlannedUser> PlannedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (byte[] body in pages.ReadAsync(SpoolSchema.Planned, SecondColumn, cancellation)) yield return Body.Read<PlannedUser>(body);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        addRow.Dispose();
        matching.Dispose();
        plans.Dispose();
        digests.Dispose();
        file.Dispose();
        work.Dispose();
        return ValueTask.CompletedTask;
    }

    private static byte[] SecondColumn(SqliteDataReader reader) => reader.GetFieldValue<byte[]>(1);

    private void Add(SourceRow row)
    {
        resolved = false;
        addRow.With(
            row.Ordinal,
            row.Key is { } key ? digests.Of(key) : null,
            digests.Of(row.Desired.Mobile),
            digests.Of(row.Desired.AlternateMobile),
            Body.Write(row.Place),
            Body.Write(row));
        try
        {
            addRow.ExecuteNonQuery();
        }
        catch (SqliteException error) when (error.SqliteErrorCode == 19)
        {
            throw new InvalidOperationException($"Row {row.Ordinal} was added twice.", error);
        }

        Interlocked.Increment(ref rowCount);
    }

    private async ValueTask IndexAsync(CancellationToken cancellation)
    {
        resolved = false;
        if (indexed) return;
        indexed = await work.DoAsync(
            () =>
            {
                work.Commit();
                file.Connection.Run(SpoolSchema.Index);
                return true;
            },
            cancellation);
    }

    private bool Resolve()
    {
        work.Commit();
        file.Connection.Run(SpoolSchema.SmallCache + ResolutionSchema.Resolve + SpoolSchema.Cache);
        return resolved = true;
    }
}
