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
            foreach ((long ordinal, byte[] body, byte[]? result) in page)
            {
                after = ordinal;
                yield return new RunUser(Decode<PlannedUser>(body), result is null ? null : Decode<UserResult>(result));
            }
        }
        while (page.Length == PageSize);

        await ValueTask.CompletedTask;
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
