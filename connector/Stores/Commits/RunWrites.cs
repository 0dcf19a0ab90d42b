using System.Collections.Immutable;
using System.Data.Common;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Commits;

/// <summary>What is written of runs. Called inside a transaction, by one writer at a time.</summary>
internal sealed class RunWrites(StoreDatabase database, DbConnection connection, ValueEncryption vault) : IDisposable
{
    private const string OfRun = "(SELECT no FROM runs WHERE run_id = @run)";

    private readonly DbCommand _begin = connection.Statement(
        """
        INSERT INTO runs (run_id, kind, tenant_id, plan_id, started_at, ended_at, outcome, head)
        VALUES (@run, @kind, @tenant, @plan, @started, @ended, @outcome, @head)
        """,
        "@run", "@kind", "@tenant", "@plan", "@started", "@ended", "@outcome", "@head");

    private readonly DbCommand _discard = connection.Statement("DELETE FROM runs WHERE run_id = @run AND complete = 0", "@run");
    private readonly DbCommand _complete = connection.Statement("UPDATE runs SET complete = 1 WHERE run_id = @run", "@run");

    private readonly DbCommand _update = connection.Statement(
        "UPDATE runs SET ended_at = @ended, outcome = @outcome, head = @head WHERE run_id = @run", "@run", "@ended", "@outcome", "@head");

    private readonly DbCommand _user = connection.Statement(
        $"UPDATE run_users SET outcome = @outcome, result = @result WHERE uid = @uid AND run = {OfRun}", "@run", "@uid", "@outcome", "@result");

    private readonly DbCommand _intent = connection.Statement(
        $"INSERT INTO operations (run, uid, position, intent_at, intent) SELECT no, @uid, @position, @at, @intent FROM runs WHERE run_id = @run",
        "@run", "@uid", "@position", "@at", "@intent");

    private readonly DbCommand _outcome = connection.Statement(
        $"""
        UPDATE operations SET outcome = @outcome, result = @result
        WHERE no = (SELECT max(no) FROM operations WHERE run = {OfRun} AND uid = @uid AND position = @position)
        """,
        "@run", "@uid", "@position", "@outcome", "@result");

    private readonly DbCommand _unsent = connection.Statement(
        "INSERT INTO operations (run, uid, position, outcome, result) SELECT no, @uid, @position, @outcome, @result FROM runs WHERE run_id = @run",
        "@run", "@uid", "@position", "@outcome", "@result");

    private readonly DbCommand _tenant = connection.Statement("SELECT tenant_id FROM runs WHERE run_id = @run", "@run");

    // A run's tenant never changes, and each of its values is sealed with it.
    private readonly Dictionary<string, string> _tenants = new(StringComparer.Ordinal);

    private readonly RunFence _fence = new(database, connection);

    /// <summary>Keeps us from writing once another holder has the tenant or the user.</summary>
    public RunFence Fence => _fence;

    /// <summary>For statements that are too rare to be prepared.</summary>
    public DbConnection Connection => connection;

    public ValueEncryption ValueEncryption => vault;

    /// <summary>Replaces a beginning that never came to its end.</summary>
    public void Begin(RunHeader run)
    {
        Discard(run.RunId);
        _begin.With(run.RunId, run.Kind == RunKind.OneUser ? 1L : 0L, run.Plan.Tenant.Id, run.Plan.PlanId,
            Instants.Write(run.StartedAt), EndOf(run), run.Outcome.Name(), Head(run, run.Plan.Tenant.Id))
            .ExecuteNonQuery();
    }

    public void Discard(string runId)
    {
        _tenants.Remove(runId);
        _discard.With(runId).ExecuteNonQuery();
    }

    public void Add(string runId, ImmutableArray<StoredUser> users)
    {
        if (users.IsEmpty) return;
        string of = TenantOf(runId);
        database.AddUsers(connection, runId, [.. users.Select(user =>
        {
            byte[]? uid = user.Uid is null ? null : vault.Digest(user.Uid);
            return new UserColumns(user.Ordinal, uid, user.Situation, vault.Seal(user.Body, SealedField.OfUser(of, runId, user.Ordinal, uid)),
                [.. user.Names.Select(name => UserNames.Digest(vault, name))]);
        })]);
    }

    public void Complete(string runId) => One(_complete.With(runId), runId);

    public void Update(RunHeader run)
    {
        _fence.CheckHead(run.RunId);
        One(_update.With(run.RunId, EndOf(run), run.Outcome.Name(), Head(run, TenantOf(run.RunId))), run.RunId);
    }

    public void User(string runId, string uid, UserOutcome what, byte[] result)
    {
        _fence.Check(runId);
        byte[] who = vault.Digest(uid);
        if (_user.With(runId, who, what.Name(), vault.Seal(result, SealedField.OfResult(TenantOf(runId), runId, who))).ExecuteNonQuery() == 0)
        {
            throw new InvalidOperationException($"User {uid} is not part of run {runId}.");
        }
    }

    public void Intent(string runId, string uid, int index, byte[] operation, DateTimeOffset at)
    {
        _fence.Check(runId);
        byte[] who = vault.Digest(uid);
        One(_intent.With(runId, who, (long)index, Instants.Write(at), vault.Seal(operation, SealedField.OfIntent(TenantOf(runId), runId, who, index))), runId);
    }

    /// <summary>
    /// Closes the latest intent; an operation that was never sent has none and leaves its outcome alone. Once another holder has the tenant or the
    /// user the outcome is void: the operation stays open, and who goes on reads the user anew.
    /// </summary>
    public void Outcome(string runId, string uid, int index, OperationOutcome what, byte[] result)
    {
        if (_fence.IsSuperseded(runId)) return;
        byte[] who = vault.Digest(uid);
        byte[] sealedResult = vault.Seal(result, SealedField.OfOutcome(TenantOf(runId), runId, who, index));
        if (_outcome.With(runId, who, (long)index, what.Name(), sealedResult).ExecuteNonQuery() > 0) return;
        One(_unsent.With(runId, who, (long)index, what.Name(), sealedResult), runId);
    }

    public void Dispose()
    {
        foreach (DbCommand command in (ReadOnlySpan<DbCommand>)[_begin, _discard, _complete, _update,
            _user, _intent, _outcome, _unsent, _tenant]) command.Dispose();
        _fence.Dispose();
    }

    private static string? EndOf(RunHeader run) => run.EndedAt is { } at ? Instants.Write(at) : null;

    private static InvalidOperationException NeverBegun(string runId) => new($"Run {runId} was never begun.");

    private static void One(DbCommand command, string runId)
    {
        if (command.ExecuteNonQuery() == 0) throw NeverBegun(runId);
    }

    private byte[] Head(RunHeader run, string of) => vault.Seal(Body.Write(run), SealedField.OfHead(of, run.RunId));

    private string TenantOf(string runId)
    {
        if (_tenants.TryGetValue(runId, out string? known)) return known;
        string found = _tenant.With(runId).ExecuteScalar() as string ?? throw NeverBegun(runId);
        _tenants[runId] = found;
        return found;
    }
}
