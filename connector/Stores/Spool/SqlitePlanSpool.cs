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
    private readonly SpoolFile _file;
    private readonly SpoolWork _work;
    private readonly SpoolDigests _digests = new();
    private readonly SpoolPages _pages;
    private readonly SpoolMatching _matching;
    private readonly SpoolPlans _plans;
    private readonly SqliteCommand _addRow;
    private long _rowCount;
    private bool _indexed;
    private bool _resolved;

    private SqlitePlanSpool(SpoolFile file)
    {
        _file = file;
        _work = new SpoolWork(file.Connection);
        _pages = new SpoolPages(file.Connection, _work);
        _matching = new SpoolMatching(file.Connection, _digests);
        _plans = new SpoolPlans(file.Connection);
        _addRow = file.Connection.Prepare(SpoolSchema.AddRow, "$ordinal", "$key", "$mobile", "$alternate", "$place", "$body");
    }

    /// <inheritdoc/>
    public long RowCount => Interlocked.Read(ref _rowCount);

    /// <summary>Makes an empty spool.</summary>
    /// <param name="directory">Where the scratch file goes; null for the system's directory for temporary files. A million rows take about 1 GB.</param>
    /// <exception cref="StoreException">It cannot be made there.</exception>
    public static SqlitePlanSpool Create(string? directory = null) => new(SpoolFile.Create(directory));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is a row with this ordinal already.</exception>
    public ValueTask AddRowAsync(SourceRow row, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(row);
        return _work.WriteAsync(Add, row, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask MatchAsync(ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        await IndexAsync(cancellation);
        await _work.WriteAsync(_matching.Match, users, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask MatchAsync(UserKey key, ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        _resolved = false;
        await _work.WriteAsync(state => _matching.Match(state.key, state.users), (key, users), cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserKey> KeysAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await IndexAsync(cancellation);
        await foreach (byte[] body in _pages.ReadAsync(SpoolSchema.DistinctKeys, SecondColumn, cancellation))
        {
            if (Body.Read<SourceRow>(body).Key is { } key) yield return key;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ResolvedRow> ResolvedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!_resolved) await _work.DoAsync(Resolve, cancellation);
        await foreach (RowRecord row in _pages.ReadAsync(ResolutionSchema.Page, RowRecord.Take, cancellation)) yield return row.Read();
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(PlannedUser user, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        return _work.WriteAsync(_plans.Save, user, cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlannedUser> PlannedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (byte[] body in _pages.ReadAsync(SpoolSchema.Planned, SecondColumn, cancellation)) yield return Body.Read<PlannedUser>(body);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _addRow.Dispose();
        _matching.Dispose();
        _plans.Dispose();
        _digests.Dispose();
        _file.Dispose();
        _work.Dispose();
        return ValueTask.CompletedTask;
    }

    private static byte[] SecondColumn(SqliteDataReader reader) => reader.GetFieldValue<byte[]>(1);

    private void Add(SourceRow row)
    {
        _resolved = false;
        _addRow.With(
            row.Ordinal,
            row.Key is { } key ? _digests.Digest(key) : null,
            _digests.Digest(row.Desired.Mobile),
            _digests.Digest(row.Desired.AlternateMobile),
            Body.Write(row.Place),
            Body.Write(row));
        try
        {
            _addRow.ExecuteNonQuery();
        }
        catch (SqliteException error) when (error.SqliteErrorCode == 19)
        {
            throw new InvalidOperationException($"Row {row.Ordinal} was added twice.", error);
        }

        Interlocked.Increment(ref _rowCount);
    }

    private async ValueTask IndexAsync(CancellationToken cancellation)
    {
        _resolved = false;
        if (_indexed) return;
        _indexed = await _work.DoAsync(
            () =>
            {
                _work.Commit();
                _file.Connection.Run(SpoolSchema.Index);
                return true;
            },
            cancellation);
    }

    private bool Resolve()
    {
        _work.Commit();
        _file.Connection.Run(SpoolSchema.SmallCache + ResolutionSchema.Resolve + SpoolSchema.Cache);
        return _resolved = true;
    }
}
