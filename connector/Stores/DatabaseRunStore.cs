using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Analyses;
using ProvisioningConnector.Stores.ApiKeys;
using ProvisioningConnector.Stores.Approvals;
using ProvisioningConnector.Stores.Audit;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.History;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Leases;
using ProvisioningConnector.Stores.RequestKeys;
using ProvisioningConnector.Stores.Runs;
using ProvisioningConnector.Stores.Sealing;
using ProvisioningConnector.Stores.Upkeep;
using ProvisioningConnector.Stores.VerifiedStates;
using ProvisioningConnector.Stores.Windows;

namespace ProvisioningConnector.Stores;

/// <summary>
/// The memory across runs in a database. What was awaited survives a kill and a power cut, except outcomes of single
/// operations: those ride with the next intent, user or head. What identifies people is encrypted; the keys lie in the key
/// file. Several processes may have it open. Every member may end in a <see cref="StoreException"/>.
/// </summary>
public abstract class DatabaseRunStore : IRunStore
{
    private const int UsersPerCommit = 500;

    private readonly StoreDatabase _database;
    private readonly CommitQueue _queue;
    private readonly RunReads _reads;
    private readonly KeyRing _keys;
    private readonly ValueEncryption _vault;
    private readonly TimeProvider _time;
    private readonly DatabaseAnalyses _analyses;

    private protected DatabaseRunStore(StoreDatabase database, KeyFile keyFile, TimeProvider time)
    {
        (_database, _time) = (database, time);
        DbConnection writer = database.OpenFirst(time);
        bool opened = false;
        try
        {
            _keys = new KeyRing(keyFile, time);
            _vault = new ValueEncryption(_keys, database.Place);
            database.Guard(() =>
            {
                _vault.Open(database, writer);
                return true;
            });
            _reads = new RunReads(database, _vault);
            _queue = new CommitQueue(database, writer, _vault);
            VerifiedStates = new DatabaseVerifiedStates(database, _queue, _vault);
            Leases = new DatabaseLeases(database, _queue, _vault);
            ApiKeys = new DatabaseApiKeys(database, _queue, _vault);
            RequestKeys = new DatabaseRequestMemory(database, _queue, _vault);
            Approvals = new DatabaseApprovals(database, _queue, _vault);
            _analyses = new DatabaseAnalyses(database, _queue, _vault, time);
            Windows = new DatabaseWindows(database, _queue, _vault);
            History = new DatabaseUserHistory(database, _queue, _reads, _vault);
            opened = true;
        }
        finally
        {
            if (!opened) writer.Dispose();
        }
    }

    /// <summary>What was verified of users, in the same database.</summary>
    public IVerifiedStates VerifiedStates { get; }

    /// <summary>Leases of tenants and locks on users, in the same database.</summary>
    public DatabaseLeases Leases { get; }

    /// <summary>Commits so far that flushed the disk; for tests.</summary>
    internal int Flushes => _queue.Flushes;

    /// <summary>API keys, in the same database.</summary>
    public IApiKeys ApiKeys { get; }

    /// <summary>Requests that callers named, in the same database.</summary>
    public IRequestMemory RequestKeys { get; }

    /// <summary>Plans that were made to be looked at, in the same database.</summary>
    public IAnalyses Analyses => _analyses;

    /// <summary>Approvals, in the same database.</summary>
    public IApprovals Approvals { get; }

    /// <summary>Counts of writes to single users, in the same database.</summary>
    public IWriteWindows Windows { get; }

    /// <summary>What is remembered of single users, in the same database.</summary>
    public IUserHistory History { get; }

    /// <summary>Transactions committed so far; for tests of group commit.</summary>
    internal int Commits => _queue.Commits;

    /// <summary>Audit trail, in the same database; to be used while this store is open.</summary>
    public async ValueTask<IAuditTrail> AuditAsync(CancellationToken cancellation) =>
        new DatabaseAuditTrail(_database, _queue, _vault, await KeyAsync(AuditChain.KeyName, cancellation));

    /// <summary>
    /// Makes a new encryption key and rewrites everything with it, in batches, while others may go on; earlier keys are
    /// forgotten at the end. Called again after an interruption, it goes on with what is left and makes no further key.
    /// </summary>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>How many values were rewritten.</returns>
    public Task<long> RekeyAsync(CancellationToken cancellation) => new Rekeying(_database, _vault, _keys).RunAsync(cancellation);

    /// <summary>Forgets runs that ended before a point in time, in batches, and gives their room back.</summary>
    public async Task<Pruned> PruneAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await _analyses.ForgetOverAsync(cancellation);
        return await new Pruning(_database, _queue).RunAsync(before, _time.GetUtcNow(), cancellation);
    }

    /// <summary>Forgets users and operations of one run that is over, with all numbers in them; its head stays, with the counts.</summary>
    public Task ForgetUsersAsync(string runId, CancellationToken cancellation) =>
        new Pruning(_database, _queue).ForgetUsersAsync(runId, _time.GetUtcNow(), cancellation);

    /// <summary>How many runs there are.</summary>
    public ValueTask<KeptRuns> CountRunsAsync(CancellationToken cancellation) => _reads.CountRunsAsync(cancellation);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is a run with this id, or two of the users have one ordinal.</exception>
    public async ValueTask BeginAsync(RunHeader run, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(users);
        await CommitAsync(writes => writes.Begin(run), cancellation);
        bool complete = false;
        try
        {
            List<StoredUser> page = new(UsersPerCommit);
            await foreach (PlannedUser user in users.WithCancellation(cancellation))
            {
                page.Add(StoredUser.From(user));
                if (page.Count == UsersPerCommit) await AddAsync(run.RunId, page, cancellation);
            }

            await AddAsync(run.RunId, page, cancellation);
            await CommitAsync(writes => writes.Complete(run.RunId), cancellation);
            complete = true;
        }
        finally
        {
            // No one sees a run without its end; what a kill leaves behind is replaced by the next run of this id.
            if (!complete) _queue.Ride(writes => writes.Discard(run.RunId));
        }
    }

    /// <inheritdoc/>
    public async ValueTask UpdateAsync(RunHeader run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        await CommitAsync(writes => writes.Update(run), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation)
    {
        byte[] body = Body.Write(operation);
        await CommitAsync(writes => writes.Intent(runId, uid, index, body, at), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(result);
        byte[] body = Body.Write(result);
        _queue.Ride(writes => writes.Outcome(runId, uid, index, result.Outcome, body));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The user is not part of the run.</exception>
    public async ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(result);
        byte[] body = Body.Write(result);
        await CommitAsync(writes => writes.User(runId, uid, result.Outcome, body), cancellation);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RunHeader> RunsAsync(CancellationToken cancellation) => _reads.RunsAsync(cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<RunHeader> SinglesAsync(bool unfinished, CancellationToken cancellation) => _reads.SinglesAsync(unfinished, cancellation);

    /// <inheritdoc/>
    public ValueTask<RunHeader?> FindRunAsync(string runId, CancellationToken cancellation) => _reads.FindRunAsync(runId, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> HasFinishedRunAsync(string tenantId, CancellationToken cancellation) => _reads.HasFinishedRunAsync(tenantId, cancellation);

    /// <inheritdoc/>
    public ValueTask<JournalCount> CountAsync(string runId, CancellationToken cancellation) => _reads.CountAsync(runId, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunUser> UsersAsync(string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (RunUser user in _reads.UsersAsync(runId, cancellation)) yield return user;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<int>> OpenIntentsAsync(string runId, string uid, CancellationToken cancellation)
    {
        await _queue.FlushAsync(cancellation);
        return await _reads.OpenIntentsAsync(runId, uid, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ClaimPlanAsync(string planId, string runId, DateTimeOffset at, CancellationToken cancellation) =>
        await _queue.CommitAsync(writes => AppliedPlanWriter.Claim(writes.Connection, planId, runId, at), cancellation);

    /// <inheritdoc/>
    public ValueTask<string?> FindClaimAsync(string planId, CancellationToken cancellation) => _reads.FindClaimAsync(planId, cancellation);

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> KeyAsync(string name, CancellationToken cancellation) =>
        await _queue.CommitAsync(writes => _keys.Key(writes.Connection, name), cancellation);

    /// <inheritdoc/>
    public ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellation) => _reads.ReadNoteAsync(name, cancellation);

    /// <inheritdoc/>
    public async ValueTask WriteNoteAsync(string name, string text, CancellationToken cancellation) =>
        await CommitAsync(writes => AppliedPlanWriter.WriteNote(writes.Connection, writes.ValueEncryption, name, text, _time.GetUtcNow()), cancellation);

    /// <inheritdoc/>
    public async ValueTask ChangeNoteAsync(string name, Func<string?, string> change, CancellationToken cancellation) => await CommitAsync(
        writes =>
        {
            _database.Claim(writes.Connection, "notes");
            AppliedPlanWriter.ChangeNote(writes.Connection, writes.ValueEncryption, name, change, _time.GetUtcNow());
        },
        cancellation);

    /// <summary>Writes what still waits and closes the database.</summary>
    /// <exception cref="StoreException">Outcomes could not be written; they count as unknown.</exception>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            await _queue.DisposeAsync();
        }
        finally
        {
            await _database.DisposeAsync();
        }
    }

    private async ValueTask AddAsync(string runId, List<StoredUser> page, CancellationToken cancellation)
    {
        if (page.Count == 0) return;
        ImmutableArray<StoredUser> users = [.. page];
        page.Clear();
        await CommitAsync(writes => writes.Add(runId, users), cancellation);
    }

    private Task<bool> CommitAsync(Action<RunWrites> work, CancellationToken cancellation) => _queue.CommitAsync(
        writes =>
        {
            work(writes);
            return true;
        },
        cancellation);
}
