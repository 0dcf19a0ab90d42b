using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Sqlite;
using ProvisioningConnector.Stores.VerifiedStates;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>
/// The memory across runs in one SQLite file (WAL, mode 600). What was awaited survives a kill and a power cut, except
/// outcomes of single operations: those ride with the next intent, user or head. Several processes may have it open.
/// Every member may end in a <see cref="StoreException"/>.
/// </summary>
public sealed class SqliteRunStore : IRunStore
{
    private const int UsersPerCommit = 500;

    private readonly CommitQueue queue;
    private readonly RunReads reads;
    private readonly KeyRing keys;
    private readonly TimeProvider time;

    private SqliteRunStore(RunDatabase database, SqliteConnection writer, KeyRing keys, TimeProvider time)
    {
        (this.keys, this.time) = (keys, time);
        queue = new CommitQueue(writer, database.Path);
        reads = new RunReads(database);
        VerifiedStates = new SqliteVerifiedStates(database, queue);
    }

    /// <summary>What was verified of users, in the same file.</summary>
    public IVerifiedStates VerifiedStates { get; }

    /// <summary>Transactions committed so far, for tests of the group commit.</summary>
    internal int Commits => queue.Commits;

    /// <summary>Opens a store, making it or bringing its schema up to date where needed.</summary>
    /// <param name="connectionString"><c>Data Source=PATH</c>, or a bare path.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="options">Key file, whether to make a store, how long to wait for a lock; null for the defaults.</param>
    /// <param name="cancellation">Not looked at once the file is open.</param>
    /// <exception cref="StoreException">Missing, locked, read-only, damaged, foreign, or of a newer version.</exception>
    public static ValueTask<SqliteRunStore> OpenAsync(
        string connectionString, TimeProvider time, RunStoreOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(time);
        cancellation.ThrowIfCancellationRequested();
        RunStoreOptions chosen = options ?? new RunStoreOptions();
        SqliteLocation location = SqliteLocation.Parse(connectionString);
        RunDatabase database = new(location.Path, chosen);
        if (location.ReadOnly) throw database.ReadOnly();
        SqliteConnection writer = database.OpenFirst(time);
        KeyFile file = new(Path.GetFullPath(chosen.KeyFile ?? location.Path + ".key"));
        return ValueTask.FromResult(new SqliteRunStore(database, writer, new KeyRing(file, time), time));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is a run with this id, or two of the users have one ordinal.</exception>
    public async ValueTask BeginAsync(RunHead run, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
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
                page.Add(StoredUser.Of(user));
                if (page.Count == UsersPerCommit) await AddAsync(run.RunId, page, cancellation);
            }

            await AddAsync(run.RunId, page, cancellation);
            await CommitAsync(writes => writes.Complete(run.RunId), cancellation);
            complete = true;
        }
        finally
        {
            // Nobody sees a run without its end; what a kill leaves behind is replaced by the next run of this id.
            if (!complete) queue.Ride(writes => writes.Discard(run.RunId));
        }
    }

    /// <inheritdoc/>
    public async ValueTask UpdateAsync(RunHead run, CancellationToken cancellation)
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
        queue.Ride(writes => writes.Outcome(runId, uid, index, result.Outcome, body));
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
    public IAsyncEnumerable<RunHead> RunsAsync(CancellationToken cancellation) => reads.RunsAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<RunHead?> FindRunAsync(string runId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(reads.FindRun(runId));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunUser> UsersAsync(string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (RunUser user in reads.UsersAsync(runId, cancellation)) yield return user;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<int>> OpenIntentsAsync(string runId, string uid, CancellationToken cancellation)
    {
        await queue.FlushAsync(cancellation);
        return reads.OpenIntents(runId, uid);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ClaimPlanAsync(string planId, string runId, DateTimeOffset at, CancellationToken cancellation) =>
        await queue.CommitAsync(writes => Ledger.Claim(writes.Connection, planId, runId, at), cancellation);

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> KeyAsync(string name, CancellationToken cancellation) =>
        await queue.CommitAsync(writes => keys.Key(writes.Connection, name), cancellation);

    /// <inheritdoc/>
    public ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(reads.ReadNote(name));
    }

    /// <inheritdoc/>
    public async ValueTask WriteNoteAsync(string name, string text, CancellationToken cancellation) =>
        await CommitAsync(writes => Ledger.WriteNote(writes.Connection, name, text, time.GetUtcNow()), cancellation);

    /// <summary>Writes what still waits and closes the file.</summary>
    /// <exception cref="StoreException">Outcomes could not be written; they count as unknown.</exception>
    public ValueTask DisposeAsync() => queue.DisposeAsync();

    private async ValueTask AddAsync(string runId, List<StoredUser> page, CancellationToken cancellation)
    {
        if (page.Count == 0) return;
        ImmutableArray<StoredUser> users = [.. page];
        page.Clear();
        await CommitAsync(writes => writes.Add(runId, users), cancellation);
    }

    private Task<bool> CommitAsync(Action<RunWrites> work, CancellationToken cancellation) => queue.CommitAsync(
        writes =>
        {
            work(writes);
            return true;
        },
        cancellation);
}
