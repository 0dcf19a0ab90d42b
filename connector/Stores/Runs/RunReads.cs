using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>What is read of runs, each time on a connection of its own, long streams page by page: a slow reader holds up no writer.</summary>
internal sealed class RunReads(RunDatabase database)
{
    private const int PageSize = 500;
    private static readonly ILookup<long, Written> NothingWritten = Array.Empty<Written>().ToLookup(written => written.Ordinal);

    public async IAsyncEnumerable<RunHead> RunsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Runs are few, but each may have a long head: find them first, then read one by one.
        ImmutableArray<string> runs = Read(
            "SELECT run_id FROM runs WHERE complete = 1 ORDER BY started_at DESC, no DESC", static reader => reader.GetString(0), []);
        foreach (string run in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (FindRun(run) is { } head) yield return head;
        }

        await ValueTask.CompletedTask;
    }

    public RunHead? FindRun(string runId) =>
        Read("SELECT head FROM runs WHERE complete = 1 AND run_id = $run", reader => Decode<RunHead>(reader.GetFieldValue<byte[]>(0)), ["$run"], runId)
            .FirstOrDefault();

    public async IAsyncEnumerable<RunUser> UsersAsync(string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long after = long.MinValue;
        ImmutableArray<(long Ordinal, byte[] Body, byte[]? Result)> page;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            page = Read(
                """
                SELECT u.ordinal, u.body, u.result FROM run_users u JOIN runs r ON r.no = u.run
                WHERE r.run_id = $run AND r.complete = 1 AND u.ordinal > $after ORDER BY u.ordinal LIMIT $page
                """,
                static reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.Bytes(2)),
                ["$run", "$after", "$page"], runId, after, PageSize);
            ILookup<long, Written> unfinished = page.All(one => one.Result is not null) ? NothingWritten : Unfinished(runId, after, page[^1].Ordinal);
            foreach ((long ordinal, byte[] body, byte[]? result) in page)
            {
                after = ordinal;
                RunUser user = new(Decode<PlannedUser>(body), result is null ? null : Decode<UserResult>(result));
                yield return result is null ? With(user, unfinished[ordinal]) : user;
            }
        }
        while (page.Length == PageSize);

        await ValueTask.CompletedTask;
    }

    /// <summary>Intents and outcomes of users who have no result yet, oldest first.</summary>
    private ILookup<long, Written> Unfinished(string runId, long after, long last) => Read(
        """
        SELECT u.ordinal, o.position, o.result FROM run_users u JOIN runs r ON r.no = u.run JOIN operations o ON o.run = u.run AND o.uid = u.uid
        WHERE r.run_id = $run AND u.ordinal > $after AND u.ordinal <= $last AND u.result IS NULL ORDER BY o.no
        """,
        static reader => new Written(reader.GetInt64(0), reader.GetInt32(1), reader.Bytes(2)),
        ["$run", "$after", "$last"], runId, after, last).ToLookup(written => written.Ordinal);

    /// <summary>The latest word on each operation counts.</summary>
    private RunUser With(RunUser user, IEnumerable<Written> written)
    {
        ImmutableDictionary<int, OperationResult> recorded = user.Recorded;
        ImmutableSortedSet<int> open = [];
        foreach (Written one in written)
        {
            recorded = one.Result is null ? recorded.Remove(one.Position) : recorded.SetItem(one.Position, Decode<OperationResult>(one.Result));
            open = one.Result is null ? open.Add(one.Position) : open.Remove(one.Position);
        }

        return user with { Recorded = recorded, OpenIntents = [.. open] };
    }

    public ImmutableArray<int> OpenIntents(string runId, string uid) => Read(
        """
        SELECT position FROM operations o WHERE run = (SELECT no FROM runs WHERE run_id = $run) AND uid = $uid
        GROUP BY position HAVING max(CASE WHEN outcome IS NULL THEN no ELSE 0 END) = max(no) ORDER BY position
        """,
        static reader => reader.GetInt32(0), ["$run", "$uid"], runId, uid);

    public string? ReadNote(string name) => database.Guard(() =>
    {
        using SqliteConnection connection = database.Open();
        return Ledger.ReadNote(connection, name);
    });

    private ImmutableArray<T> Read<T>(string sql, Func<SqliteDataReader, T> take, ReadOnlySpan<string> names, params ReadOnlySpan<object?> values)
    {
        try
        {
            using SqliteConnection connection = database.Open();
            using SqliteCommand command = connection.Prepare(sql, names).With(values);
            using SqliteDataReader reader = command.ExecuteReader();
            ImmutableArray<T>.Builder rows = ImmutableArray.CreateBuilder<T>();
            while (reader.Read()) rows.Add(take(reader));
            return rows.ToImmutable();
        }
        catch (SqliteException error)
        {
            throw SqliteTroubles.Of(error, database.Path);
        }
    }

    /// <summary>One row of <c>operations</c>: an intent, or an outcome when there is a result.</summary>
    private sealed record Written(long Ordinal, int Position, byte[]? Result);

    private T Decode<T>(byte[] body)
        where T : class
    {
        try
        {
            return Body.Read<T>(body);
        }
        catch (JsonException error)
        {
            throw SqliteTroubles.Of(error, database.Path);
        }
    }
}
