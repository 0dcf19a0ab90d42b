using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Runs;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.History;

/// <summary>What the run store's database remembers of one user.</summary>
internal sealed class DatabaseUserHistory(StoreDatabase database, CommitQueue queue, RunReads reads, ValueEncryption vault) : IUserHistory
{
    /// <summary>Rows with the object id, rows with the name, and all rows of the object ids that those rows lead to.</summary>
    private const string Find = """
        WITH named AS (SELECT u.run, u.ordinal, u.uid FROM user_names n JOIN run_users u ON u.run = n.run AND u.ordinal = n.ordinal WHERE n.name = @name),
             places AS (
               SELECT run, ordinal FROM named
               UNION SELECT u.run, u.ordinal FROM run_users u WHERE u.uid = @uid
               UNION SELECT u.run, u.ordinal FROM run_users u JOIN named m ON m.uid = u.uid)
        SELECT r.run_id, p.ordinal FROM places p JOIN runs r ON r.no = p.run
        WHERE r.complete = 1 AND r.pruned_at IS NULL ORDER BY r.started_at DESC, r.no DESC, p.ordinal
        """;

    /// <inheritdoc/>
    public async IAsyncEnumerable<PastUser> OfAsync(string user, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        await queue.FlushAsync(cancellation);
        ImmutableArray<(string RunId, long Ordinal)> places;
        await using (DbConnection connection = await database.OpenAsync(cancellation))
        {
            places = database.Guard(() => Places(connection, user.Trim()));
        }

        foreach ((string runId, long ordinal) in places)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await reads.FindRunAsync(runId, cancellation) is not { } run) continue;
            await foreach (RunUser past in reads.UsersAsync(runId, ordinal, cancellation)) yield return new PastUser(run, past);
        }
    }

    private ImmutableArray<(string RunId, long Ordinal)> Places(DbConnection connection, string text)
    {
        using DbCommand command = connection.Statement(Find, "@name", "@uid")
            .With(UserNames.Digest(vault, text), vault.Digest(Guid.TryParse(text, out Guid id) ? id.ToString("D") : text));
        using DbDataReader reader = command.ExecuteReader();
        ImmutableArray<(string, long)>.Builder places = ImmutableArray.CreateBuilder<(string, long)>();
        while (reader.Read()) places.Add((reader.GetString(0), reader.GetInt64(1)));
        return places.ToImmutable();
    }
}
