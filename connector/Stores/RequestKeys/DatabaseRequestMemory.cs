using System.Data.Common;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.RequestKeys;

/// <summary>Named requests in the run store's database: names are keyed digests, the rest is sealed. What is over is deleted by the next request.</summary>
internal sealed class DatabaseRequestMemory(StoreDatabase database, CommitQueue queue, ValueEncryption vault) : IRequestMemory
{
    private const string Table = "request_keys";

    /// <inheritdoc/>
    public async ValueTask<KnownRequest?> BeginAsync(KnownRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        Begun begun = await queue.CommitAsync(
            writes =>
            {
                DbConnection connection = writes.Connection;
                database.Claim(connection, Table);
                using (DbCommand over = connection.Statement("DELETE FROM request_keys WHERE until <= @now", "@now")
                    .With(Instants.Write(now))) over.ExecuteNonQuery();
                if (Row(connection, request.Name) is { } known) return new Begun(Open(request.Name, known));
                using DbCommand insert = connection.Statement("INSERT INTO request_keys (name, until, body) VALUES (@name, @until, @body)",
                    "@name", "@until", "@body")
                    .With(request.Name, Instants.Write(request.Until), Seal(request));
                insert.ExecuteNonQuery();
                return new Begun(null);
            },
            cancellation);
        return begun.Known;
    }

    /// <inheritdoc/>
    public async ValueTask EndAsync(KnownRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        await queue.CommitAsync(
            writes =>
            {
                using DbCommand update = writes.Connection.Statement("UPDATE request_keys SET until = @until, body = @body WHERE name = @name",
                    "@until", "@body", "@name")
                    .With(Instants.Write(request.Until), Seal(request), request.Name);
                return update.ExecuteNonQuery();
            },
            cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask ForgetAsync(string name, CancellationToken cancellation) => await queue.CommitAsync(
        writes =>
        {
            using DbCommand delete = writes.Connection.Statement("DELETE FROM request_keys WHERE name = @name", "@name").With(name);
            return delete.ExecuteNonQuery();
        },
        cancellation);

    private static byte[]? Row(DbConnection connection, string name)
    {
        using DbCommand command = connection.Statement("SELECT body FROM request_keys WHERE name = @name", "@name").With(name);
        return command.ExecuteScalar() as byte[];
    }

    private byte[] Seal(KnownRequest request) => vault.Seal(Body.Write(request), SealedField.OfRequestKey(request.Name));

    private KnownRequest Open(string name, byte[] body)
    {
        try
        {
            return Body.Read<KnownRequest>(vault.Open(body, SealedField.OfRequestKey(name)));
        }
        catch (JsonException error)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store {database.Place} holds a named request that this version cannot read.",
                "If a newer version has worked on this store, use that version. Otherwise restore the store from its last backup.", error);
        }
    }

    private sealed record Begun(KnownRequest? Known);
}
