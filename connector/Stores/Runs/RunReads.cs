using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>What is read of runs, each time on a connection of its own, long streams page by page: a slow reader holds up no writer.</summary>
internal sealed class RunReads(StoreDatabase database, ValueEncryption vault)
{
    private const int PageSize = 500;
    private static readonly ILookup<long, Written> NothingWritten = Array.Empty<Written>().ToLookup(written => written.Ordinal);

    public IAsyncEnumerable<RunHeader> RunsAsync(CancellationToken cancellation) => HeadsAsync("kind = 0", cancellation);

    /// <summary>Changes of single users.</summary>
    public IAsyncEnumerable<RunHeader> SinglesAsync(bool unfinished, CancellationToken cancellation) =>
        HeadsAsync(unfinished ? $"kind = 1 AND outcome IN ('{RunOutcome.Running.Name()}', '{RunOutcome.Interrupted.Name()}')" : "kind = 1", cancellation);

    public async ValueTask<KeptRuns> CountRunsAsync(CancellationToken cancellation) => (await ReadAsync(
        "SELECT count(CASE WHEN pruned_at IS NULL THEN 1 END), count(pruned_at) FROM runs WHERE complete = 1",
        static reader => new KeptRuns(reader.GetInt64(0), reader.GetInt64(1)), [], [], cancellation))[0];

    private async IAsyncEnumerable<RunHeader> HeadsAsync(string which, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Runs are few, but each may have a long head: find them first, then read one by one.
        ImmutableArray<string> runs = await ReadAsync(
            $"SELECT run_id FROM runs WHERE complete = 1 AND {which} ORDER BY started_at DESC, no DESC",
            static reader => reader.GetString(0), [], [], cancellation);
        foreach (string run in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await FindRunAsync(run, cancellation) is { } head) yield return head;
        }
    }

    public async ValueTask<RunHeader?> FindRunAsync(string runId, CancellationToken cancellation)
    {
        ImmutableArray<(string Tenant, byte[] Head, string? PrunedAt)> found = await ReadAsync(
            "SELECT tenant_id, head, pruned_at FROM runs WHERE complete = 1 AND run_id = @run",
            static reader => (reader.GetString(0), reader.GetFieldValue<byte[]>(1), reader.IsDBNull(2) ? null : reader.GetString(2)),
            ["@run"], [runId], cancellation);
        if (found is not [var (tenant, body, prunedAt)]) return null;
        RunHeader head = Decode<RunHeader>(body, SealedField.OfHead(tenant, runId));
        return prunedAt is null
            ? head
            : head with
            {
                Diagnostics = head.Diagnostics.Add(Diagnostic.Info("pruned",
                $"The users of this run were forgotten at {prunedAt} (runs prune); only its counts are left."))
            };
    }

    /// <summary>Whether some run of the tenant came to its end.</summary>
    public async ValueTask<bool> HasFinishedRunAsync(string tenantId, CancellationToken cancellation) => (await ReadAsync(
        "SELECT no FROM runs WHERE complete = 1 AND upper(tenant_id) = @tenant AND outcome IN (@succeeded, @partial) LIMIT 1",
        static reader => reader.GetInt64(0), ["@tenant", "@succeeded", "@partial"],
        [tenantId.ToUpperInvariant(), RunOutcome.Succeeded.Name(), RunOutcome.Partial.Name()], cancellation)).Length > 0;

    /// <summary>Users who were begun and have no result.</summary>
    private const string HalfWay = "u.result IS NULL AND EXISTS (SELECT 1 FROM operations o WHERE o.run = u.run AND o.uid = u.uid)";

    public IAsyncEnumerable<RunUser> UsersAsync(string runId, CancellationToken cancellation) =>
        UsersAsync(runId, long.MinValue, long.MaxValue, PageSize, "", cancellation);

    /// <summary>Counts what was written down by the columns that are not sealed; only the few users who are half-way are opened.</summary>
    public async ValueTask<JournalCount> CountAsync(string runId, CancellationToken cancellation)
    {
        ImmutableArray<(string Outcome, long Count)> users = await CountsAsync(
            """
            SELECT u.outcome, count(*) FROM run_users u JOIN runs r ON r.no = u.run
            WHERE r.run_id = @run AND u.outcome IS NOT NULL AND u.situation = @situation GROUP BY u.outcome
            """,
            ["@run", "@situation"], [runId, Situation.Changed.Name()], cancellation);
        ImmutableArray<(string Outcome, long Count)> operations = await CountsAsync(
            """
            SELECT o.outcome, count(*) FROM operations o JOIN runs r ON r.no = o.run
            WHERE r.run_id = @run AND o.outcome IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM operations p WHERE p.run = o.run AND p.uid = o.uid AND p.position = o.position AND p.no > o.no) GROUP BY o.outcome
            """,
            ["@run"], [runId], cancellation);
        JournalCount halfWay = await JournalCount.OfAsync(UsersAsync(runId, long.MinValue, long.MaxValue, PageSize, $"AND {HalfWay} ", cancellation),
            cancellation);
        return halfWay with
        {
            Settled = users.Aggregate(new OutcomeCounts(), (counts, one) => counts.Plus(Named<UserOutcome>(one.Outcome, UserOutcomes.Name), one.Count)),
            Operations = operations.Aggregate(new OperationOutcomeCounts(),
                (counts, one) => counts.Plus(Named<OperationOutcome>(one.Outcome, OperationOutcomes.Name), one.Count)),
        };
    }

    /// <summary>The one user at a place of a run; none when there is none.</summary>
    public IAsyncEnumerable<RunUser> UsersAsync(string runId, long ordinal, CancellationToken cancellation) =>
        UsersAsync(runId, ordinal - 1, ordinal, 2, "", cancellation);

    private async IAsyncEnumerable<RunUser> UsersAsync(string runId, long after, long until, int pageSize,
        string only, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ImmutableArray<UserRow> page;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            page = await ReadAsync(
                $"""
                SELECT r.tenant_id, u.ordinal, u.uid, u.body, u.result FROM run_users u JOIN runs r ON r.no = u.run
                WHERE r.run_id = @run AND r.complete = 1 AND r.pruned_at IS NULL AND u.ordinal > @after AND u.ordinal <= @until {only}
                ORDER BY u.ordinal LIMIT @page
                """,
                static reader => new UserRow(reader.GetString(0), reader.GetInt64(1), reader.Bytes(2), reader.GetFieldValue<byte[]>(3), reader.Bytes(4)),
                ["@run", "@after", "@until", "@page"], [runId, after, until, (long)pageSize], cancellation);
            ILookup<long, Written> unfinished = page.All(one => one.Result is not null)
                ? NothingWritten : await UnfinishedAsync(runId, after, page[^1].Ordinal, cancellation);
            foreach (UserRow row in page)
            {
                after = row.Ordinal;
                PlannedUser planned = Decode<PlannedUser>(row.Body, SealedField.OfUser(row.Tenant, runId, row.Ordinal, row.Uid));
                yield return row.Result is { } result
                    ? new RunUser(planned, Decode<UserResult>(result, SealedField.OfResult(row.Tenant, runId, row.Uid)))
                    : With(new RunUser(planned, null), row, runId, unfinished[row.Ordinal]);
            }
        }
        while (page.Length == pageSize);
    }

    public ValueTask<ImmutableArray<int>> OpenIntentsAsync(string runId, string uid, CancellationToken cancellation) => ReadAsync(
        """
        SELECT position FROM operations o WHERE run = (SELECT no FROM runs WHERE run_id = @run) AND uid = @uid
        GROUP BY position HAVING max(CASE WHEN outcome IS NULL THEN no ELSE 0 END) = max(no) ORDER BY position
        """,
        static reader => (int)reader.GetInt64(0), ["@run", "@uid"], [runId, vault.Digest(uid)], cancellation);

    public async ValueTask<string?> FindClaimAsync(string planId, CancellationToken cancellation) => (await ReadAsync(
        "SELECT run_id FROM applied_plans WHERE plan_id = @plan", static reader => reader.GetString(0), ["@plan"], [planId], cancellation)).FirstOrDefault();

    public async ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellation)
    {
        ImmutableArray<byte[]> found = await ReadAsync(
            "SELECT text FROM notes WHERE name = @name", static reader => reader.GetFieldValue<byte[]>(0), ["@name"], [name], cancellation);
        return found is [var text] ? Encoding.UTF8.GetString(vault.Open(text, SealedField.OfNote(name))) : null;
    }

    /// <summary>Intents and outcomes of users who have no result yet, oldest first.</summary>
    private async ValueTask<ILookup<long, Written>> UnfinishedAsync(string runId, long after, long last, CancellationToken cancellation) => (await ReadAsync(
        """
        SELECT u.ordinal, o.position, o.result FROM run_users u JOIN runs r ON r.no = u.run JOIN operations o ON o.run = u.run AND o.uid = u.uid
        WHERE r.run_id = @run AND u.ordinal > @after AND u.ordinal <= @last AND u.result IS NULL ORDER BY o.no
        """,
        static reader => new Written(reader.GetInt64(0), (int)reader.GetInt64(1), reader.Bytes(2)),
        ["@run", "@after", "@last"], [runId, after, last], cancellation)).ToLookup(written => written.Ordinal);

    /// <summary>The latest word on each operation counts.</summary>
    private RunUser With(RunUser user, UserRow row, string runId, IEnumerable<Written> written)
    {
        ImmutableDictionary<int, OperationResult> recorded = user.Recorded;
        ImmutableSortedSet<int> open = [];
        foreach (Written one in written)
        {
            open = one.Result is null ? open.Add(one.Position) : open.Remove(one.Position);
            OperationResult? result = one.Result is { } body && row.Uid is { } uid
                ? Decode<OperationResult>(body, SealedField.OfOutcome(row.Tenant, runId, uid, one.Position)) : null;
            // What was withdrawn before it left is still to be done.
            recorded = result is null or { Error.Code: ExecutionCodes.NotStarted } ? recorded.Remove(one.Position) : recorded.SetItem(one.Position, result);
        }

        return user with { Recorded = recorded, OpenIntents = [.. open] };
    }

    private ValueTask<ImmutableArray<(string Outcome, long Count)>> CountsAsync(string sql, string[] names, object?[] values, CancellationToken cancellation) =>
        ReadAsync(sql, static reader => (reader.GetString(0), reader.GetInt64(1)), names, values, cancellation);

    /// <exception cref="StoreException">This version has no such name.</exception>
    private T Named<T>(string name, Func<T, string> nameOf)
        where T : struct, Enum
    {
        foreach (T one in Enum.GetValues<T>())
        {
            if (string.Equals(nameOf(one), name, StringComparison.Ordinal)) return one;
        }

        throw Unreadable(null);
    }

    private async ValueTask<ImmutableArray<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> take,
        string[] names, object?[] values, CancellationToken cancellation)
    {
        try
        {
            await using DbConnection connection = await database.OpenAsync(cancellation);
            await using DbCommand command = connection.Statement(sql, names).With(values);
            await using DbDataReader reader = await command.ExecuteReaderAsync(cancellation);
            ImmutableArray<T>.Builder rows = ImmutableArray.CreateBuilder<T>();
            while (await reader.ReadAsync(cancellation)) rows.Add(take(reader));
            return rows.ToImmutable();
        }
        catch (DbException error)
        {
            throw database.Problem(error);
        }
    }

    private T Decode<T>(byte[] body, byte[] field)
        where T : class
    {
        try
        {
            return Body.Read<T>(vault.Open(body, field));
        }
        catch (JsonException error)
        {
            throw Unreadable(error);
        }
    }

    private StoreException Unreadable(JsonException? error) =>
        new(StoreProblem.Damaged, $"The store {database.Place} holds an entry that this version cannot read.",
        "If a newer version has worked on this store, use that version. Otherwise restore the store from its last backup.", error);

    /// <summary>One row of <c>run_users</c>.</summary>
    private sealed record UserRow(string Tenant, long Ordinal, byte[]? Uid, byte[] Body, byte[]? Result);

    /// <summary>One row of <c>operations</c>: an intent, or an outcome when there is a result.</summary>
    private sealed record Written(long Ordinal, int Position, byte[]? Result);
}
