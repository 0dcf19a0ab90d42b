using System.Collections.Immutable;
using System.Data.Common;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Upkeep;

/// <summary>What was forgotten.</summary>
/// <param name="Runs">Runs that are gone, or of which only the head is left.</param>
/// <param name="Users">Their users.</param>
/// <param name="Operations">Their operations.</param>
public readonly record struct Pruned(long Runs, long Users, long Operations);

/// <summary>
/// Forgets old runs with their users and operations, and beginnings that never came to their end. Of each tenant's newest
/// finished run the head stays (counts, no users): the tenant remains known to the store. Applied plans stay, so that none
/// is applied twice. Runs that may still be going on stay. In small steps, which other writers hardly notice.
/// </summary>
internal sealed class Pruning(StoreDatabase database, CommitQueue queue)
{
    private const int RowsPerStep = 2_000;
    private const long SinglesPerStep = 500;

    /// <summary>A run without an end that showed a sign of life within this time may still be going on.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromDays(1);

    private static readonly string Candidates = $"""
        SELECT r.no, CASE WHEN r.complete = 1 AND r.outcome IN {Finished} AND NOT EXISTS (
            SELECT 1 FROM runs n WHERE n.tenant_id = r.tenant_id AND n.kind = 0 AND n.complete = 1 AND n.outcome IN {Finished}
            AND (n.started_at > r.started_at OR (n.started_at = r.started_at AND n.no > r.no))) THEN 1 ELSE 0 END
        FROM runs r
        WHERE r.kind = 0 AND ((r.complete = 0 AND r.started_at < @alive)
        OR (r.complete = 1 AND coalesce(r.ended_at, r.started_at) < @before AND NOT (r.outcome = '{RunOutcome.Running.Name()}' AND (
            r.started_at >= @alive OR EXISTS (SELECT 1 FROM operations o WHERE o.run = r.no AND o.intent_at >= @alive)))))
        ORDER BY r.no
        """;

    private static readonly string Singles = $"""
        SELECT no FROM runs
        WHERE kind = 1 AND coalesce(ended_at, started_at) < @before AND (started_at < @alive OR (complete = 1 AND outcome <> '{RunOutcome.Running.Name()}'))
        ORDER BY no LIMIT @rows
        """;

    private static string Finished => $"('{RunOutcome.Succeeded.Name()}', '{RunOutcome.Partial.Name()}')";

    public async Task<Pruned> RunAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation)
    {
        ImmutableArray<(long No, bool KeepHead)> runs = await queue.CommitAsync(writes => Find(writes.Connection, before, now), cancellation);
        Pruned pruned = default;
        foreach ((long no, bool keepHead) in runs)
        {
            (bool fresh, long operations, long users) = await EmptyAsync(no, keepHead, now, cancellation);
            if (!keepHead) await queue.CommitAsync(writes => Change(writes.Connection, "DELETE FROM runs WHERE no = @run", no), cancellation);
            pruned = new Pruned(pruned.Runs + (fresh ? 1 : 0), pruned.Users + users, pruned.Operations + operations);
        }

        pruned = await ForgetSinglesAsync(pruned, before, now, cancellation);
        await using DbConnection connection = await database.OpenAsync(cancellation);
        database.Guard(() =>
        {
            database.Shrink(connection, cancellation);
            return true;
        });
        return pruned;
    }

    /// <summary>Forgets users and operations of one run that is over, and keeps its head with the counts.</summary>
    public async Task ForgetUsersAsync(string runId, DateTimeOffset now, CancellationToken cancellation)
    {
        const long none = -1;
        long no = await queue.CommitAsync(writes =>
        {
            using DbCommand select = writes.Connection.Statement("SELECT no FROM runs WHERE run_id = @run AND complete = 1 AND kind = 0", "@run").With(runId);
            using DbDataReader reader = select.ExecuteReader();
            return reader.Read() ? reader.GetInt64(0) : none;
        }, cancellation);
        if (no != none) await EmptyAsync(no, keepHead: true, now, cancellation);
    }

    private async Task<(bool Fresh, long Operations, long Users)> EmptyAsync(long no, bool keepHead, DateTimeOffset now, CancellationToken cancellation)
    {
        bool fresh = await queue.CommitAsync(writes => Hide(writes.Connection, no, keepHead, now), cancellation);
        long operations = await EmptyAsync("DELETE FROM operations WHERE no IN (SELECT no FROM operations WHERE run = @run LIMIT @rows)", no, cancellation);
        long users = await EmptyAsync("DELETE FROM run_users WHERE run = @run AND ordinal IN (SELECT ordinal FROM run_users WHERE run = @run LIMIT @rows)",
            no, cancellation);
        return (fresh, operations, users);
    }

    /// <summary>Changes of single users are many and small: some hundred at a time, and none of them keeps its head.</summary>
    private async Task<Pruned> ForgetSinglesAsync(Pruned pruned, DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation)
    {
        Pruned step;
        do
        {
            step = await queue.CommitAsync(
                writes =>
                {
                    long operations = Forget(writes.Connection, "DELETE FROM operations WHERE run", before, now);
                    long users = Forget(writes.Connection, "DELETE FROM run_users WHERE run", before, now);
                    return new Pruned(Forget(writes.Connection, "DELETE FROM runs WHERE no", before, now), users, operations);
                },
                cancellation);
            pruned = new Pruned(pruned.Runs + step.Runs, pruned.Users + step.Users, pruned.Operations + step.Operations);
        }
        while (step.Runs > 0);
        return pruned;
    }

    private static ImmutableArray<(long No, bool KeepHead)> Find(DbConnection connection, DateTimeOffset before, DateTimeOffset now)
    {
        using DbCommand select = connection.Statement(Candidates, "@before", "@alive").With(Instants.Write(before), Instants.Write(now - SignOfLife));
        using DbDataReader reader = select.ExecuteReader();
        ImmutableArray<(long, bool)>.Builder found = ImmutableArray.CreateBuilder<(long, bool)>();
        while (reader.Read()) found.Add((reader.GetInt64(0), reader.GetInt64(1) == 1));
        return found.ToImmutable();
    }

    /// <summary>No one sees a run that is being forgotten: an interruption leaves no half of it.</summary>
    /// <returns>False when its head was all that was left.</returns>
    private static bool Hide(DbConnection connection, long no, bool keepHead, DateTimeOffset now)
    {
        if (!keepHead) return Change(connection, "UPDATE runs SET complete = 0 WHERE no = @run", no) > 0;
        using DbCommand mark = connection.Statement("UPDATE runs SET pruned_at = @now WHERE no = @run AND pruned_at IS NULL", "@now", "@run")
            .With(Instants.Write(now), no);
        return mark.ExecuteNonQuery() > 0;
    }

    private async Task<long> EmptyAsync(string step, long no, CancellationToken cancellation)
    {
        long all = 0;
        int gone;
        do
        {
            gone = await queue.CommitAsync(
                writes =>
                {
                    using DbCommand delete = writes.Connection.Statement(step, "@run", "@rows").With(no, (long)RowsPerStep);
                    return delete.ExecuteNonQuery();
                },
                cancellation);
            all += gone;
        }
        while (gone > 0);
        return all;
    }

    private static long Forget(DbConnection connection, string what, DateTimeOffset before, DateTimeOffset now)
    {
        using DbCommand command = connection.Statement($"{what} IN ({Singles})", "@before", "@alive", "@rows")
            .With(Instants.Write(before), Instants.Write(now - SignOfLife), SinglesPerStep);
        return command.ExecuteNonQuery();
    }

    private static int Change(DbConnection connection, string sql, long no)
    {
        using DbCommand command = connection.Statement(sql, "@run").With(no);
        return command.ExecuteNonQuery();
    }
}
