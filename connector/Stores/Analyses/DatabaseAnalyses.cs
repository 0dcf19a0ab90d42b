using System.Collections.Immutable;
using System.Data.Common;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Analyses;

/// <summary>
/// Analyses in the run store's database, sealed. Their users lie in pages of some hundred, compressed, so that a large plan takes few rows and
/// other writers hardly notice. An analysis that was not written to its end is not shown, and the next one forgets it.
/// </summary>
internal sealed class DatabaseAnalyses(StoreDatabase database, CommitQueue queue, ValueEncryption vault, TimeProvider time) : IAnalyses
{
    private const int UsersPerPage = 250;

    // One that is still being written is younger.
    private static readonly TimeSpan MostWriting = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public async ValueTask KeepAsync(Analysis analysis, IAsyncEnumerable<PlannedUser> users, AnalysisRetention kept, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(kept);
        await queue.CommitAsync(writes => Add(writes.Connection, analysis, kept.Until), cancellation);
        long number = 0;
        List<PlannedUser> page = new(UsersPerPage);
        await foreach (PlannedUser user in users.WithCancellation(cancellation))
        {
            page.Add(user);
            if (page.Count == UsersPerPage) await WriteAsync();
        }

        if (page.Count > 0) await WriteAsync();
        await queue.CommitAsync(writes => Complete(writes.Connection, analysis.Id, kept), cancellation);

        async Task WriteAsync()
        {
            byte[] body = vault.Seal(Pack(page), SealedField.OfAnalysisPage(analysis.Id, number));
            long at = number++;
            await queue.CommitAsync(writes => Insert(writes.Connection, analysis.Id, at, body), cancellation);
            page.Clear();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Analysis?> FindAsync(string id, CancellationToken cancellation) =>
        (await database.ReadAsync(connection => Find(connection, "analysis_id = @id AND", "@id", id), cancellation))
            .Select(Open).FirstOrDefault();

    /// <inheritdoc/>
    public async IAsyncEnumerable<Analysis> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (Row row in await database.ReadAsync(connection => Find(connection, "", "@id", null), cancellation)) yield return Open(row);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlannedUser> UsersAsync(string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long number = 0; ; number++)
        {
            long at = number;
            if (await database.ReadAsync(connection => Page(connection, id, at), cancellation) is not { } body) yield break;
            foreach (PlannedUser user in Unpack(vault.Open(body, SealedField.OfAnalysisPage(id, at)))) yield return user;
        }
    }

    /// <inheritdoc/>
    public async ValueTask ForgetAsync(string id, CancellationToken cancellation) =>
        await queue.CommitAsync(writes => Delete(writes.Connection, "analysis_id = @value", id), cancellation);

    /// <summary>Forgets what is over.</summary>
    public async ValueTask ForgetOverAsync(CancellationToken cancellation) =>
        await queue.CommitAsync(writes => Delete(writes.Connection, "until <= @value", Instants.Write(time.GetUtcNow())), cancellation);

    private int Add(DbConnection connection, Analysis analysis, DateTimeOffset until)
    {
        using DbCommand command = connection.Statement(
            "INSERT INTO analyses (analysis_id, made_at, until, complete, body) VALUES (@id, @made, @until, 0, @body)", "@id", "@made", "@until", "@body")
            .With(analysis.Id, Instants.Write(time.GetUtcNow()), Instants.Write(until),
                vault.Seal(Body.Write(analysis), SealedField.OfAnalysis(analysis.Id)));
        return command.ExecuteNonQuery();
    }

    private static int Insert(DbConnection connection, string id, long page, byte[] body)
    {
        using DbCommand command = connection.Statement(
            "INSERT INTO analysis_pages (analysis_id, page, body) VALUES (@id, @page, @body)", "@id", "@page", "@body").With(id, page, body);
        return command.ExecuteNonQuery();
    }

    /// <summary>Shows it, and forgets what is over, what was left half written, and the oldest of too many.</summary>
    private int Complete(DbConnection connection, string id, AnalysisRetention kept)
    {
        using DbCommand command = connection.Statement("UPDATE analyses SET complete = 1 WHERE analysis_id = @id", "@id").With(id);
        int done = command.ExecuteNonQuery();
        DateTimeOffset now = time.GetUtcNow();
        Delete(connection, "until <= @value", Instants.Write(now));
        Delete(connection, "complete = 0 AND made_at < @value", Instants.Write(now - MostWriting));
        Delete(connection, Older("@value"), (long)kept.Most);
        using DbCommand emptied = connection.Statement(
            $"DELETE FROM analysis_pages WHERE analysis_id IN (SELECT analysis_id FROM analyses WHERE {Older("@most")})", "@most").With((long)kept.MostPlans);
        emptied.ExecuteNonQuery();
        return done;
    }

    private static string Older(string most) =>
        $"complete = 1 AND analysis_id NOT IN (SELECT analysis_id FROM analyses WHERE complete = 1 ORDER BY made_at DESC, analysis_id DESC LIMIT {most})";

    private static int Delete(DbConnection connection, string which, object value)
    {
        using DbCommand pages = connection.Statement(
            $"DELETE FROM analysis_pages WHERE analysis_id IN (SELECT analysis_id FROM analyses WHERE {which})", "@value").With(value);
        pages.ExecuteNonQuery();
        using DbCommand heads = connection.Statement($"DELETE FROM analyses WHERE {which}", "@value").With(value);
        return heads.ExecuteNonQuery();
    }

    private ImmutableArray<Row> Find(DbConnection connection, string which, string name, string? value)
    {
        string sql = $"SELECT analysis_id, body FROM analyses WHERE {which} complete = 1 AND until > @now ORDER BY made_at DESC, analysis_id DESC";
        using DbCommand command = value is null
            ? connection.Statement(sql, "@now").With(Instants.Write(time.GetUtcNow()))
            : connection.Statement(sql, name, "@now").With(value, Instants.Write(time.GetUtcNow()));
        using DbDataReader reader = command.ExecuteReader();
        ImmutableArray<Row>.Builder found = ImmutableArray.CreateBuilder<Row>();
        while (reader.Read()) found.Add(new Row(reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        return found.ToImmutable();
    }

    private static byte[]? Page(DbConnection connection, string id, long page)
    {
        using DbCommand command = connection.Statement("SELECT body FROM analysis_pages WHERE analysis_id = @id AND page = @page", "@id", "@page")
            .With(id, page);
        return command.ExecuteScalar() as byte[];
    }

    private Analysis Open(Row row) => Reading(() => Body.Read<Analysis>(vault.Open(row.Body, SealedField.OfAnalysis(row.Id))));

    private static byte[] Pack(List<PlannedUser> users)
    {
        using MemoryStream packed = new();
        using (BrotliStream brotli = new(packed, CompressionLevel.Fastest)) brotli.Write(Body.Write(users));
        return packed.ToArray();
    }

    private List<PlannedUser> Unpack(byte[] body)
    {
        using BrotliStream brotli = new(new MemoryStream(body), CompressionMode.Decompress);
        using MemoryStream plain = new();
        brotli.CopyTo(plain);
        return Reading(() => Body.Read<List<PlannedUser>>(plain.GetBuffer().AsSpan(0, (int)plain.Length)));
    }

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException error)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store {database.Place} holds an analysis that this version cannot read.",
                "If a newer version has worked on this store, use that version. Otherwise restore the store from its last backup.", error);
        }
    }

    private sealed record Row(string Id, byte[] Body);
}
