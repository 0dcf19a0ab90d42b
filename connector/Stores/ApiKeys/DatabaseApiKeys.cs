using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.ApiKeys;

/// <summary>API keys in the run store's database: only the public id is in clear.</summary>
internal sealed class DatabaseApiKeys(StoreDatabase database, CommitQueue queue, ValueEncryption vault) : IApiKeys
{
    private const string Table = "api_keys";

    // What a ciphertext said; keys are few, and one that was changed has another ciphertext.
    private readonly ConcurrentDictionary<string, Opened> _opened = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<bool> AddAsync(ApiKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        byte[] body = Body.Write(key);
        return await queue.CommitAsync(
            writes =>
            {
                database.Claim(writes.Connection, Table);
                int live = Rows(writes.Connection).Select(Open)
                    .Count(k => string.Equals(k.Name, key.Name, StringComparison.OrdinalIgnoreCase) && k.IsLive(now));
                if (live >= ApiKey.MostLivePerName) return false;
                using DbCommand command = writes.Connection.Statement("INSERT INTO api_keys (key_id, body) VALUES (@id, @body)", "@id", "@body")
                    .With(key.Id, vault.Seal(body, SealedField.OfApiKey(key.Id)));
                command.ExecuteNonQuery();
                return true;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellation)
    {
        byte[]? body = await database.ReadAsync(connection => Row(connection, id), cancellation);
        if (body is null) return null;
        if (_opened.TryGetValue(id, out Opened? known) && known.Body.AsSpan().SequenceEqual(body)) return known.Key;
        ApiKey key = Open((id, body));
        _opened[id] = new Opened(body, key);
        return key;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<ApiKey>> AllAsync(CancellationToken cancellation)
    {
        return [.. (await database.ReadAsync(Rows, cancellation)).Select(Open)];
    }

    /// <inheritdoc/>
    public async ValueTask<ApiKey?> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation)
    {
        Revoked done = await queue.CommitAsync(
            writes =>
            {
                database.Claim(writes.Connection, Table);
                if (Row(writes.Connection, id) is not { } body) return new Revoked(null);
                ApiKey key = Open((id, body));
                if (key.RevokedAt is not null) return new Revoked(key);
                key = key with { RevokedAt = at, RevokedBy = by };
                using DbCommand command = writes.Connection.Statement("UPDATE api_keys SET body = @body WHERE key_id = @id", "@body", "@id")
                    .With(vault.Seal(Body.Write(key), SealedField.OfApiKey(id)), id);
                command.ExecuteNonQuery();
                return new Revoked(key);
            },
            cancellation);
        return done.Key;
    }

    private static byte[]? Row(DbConnection connection, string id)
    {
        using DbCommand command = connection.Statement("SELECT body FROM api_keys WHERE key_id = @id", "@id").With(id);
        return command.ExecuteScalar() as byte[];
    }

    private static ImmutableArray<(string Id, byte[] Body)> Rows(DbConnection connection)
    {
        using DbCommand command = connection.Statement("SELECT key_id, body FROM api_keys ORDER BY no");
        using DbDataReader reader = command.ExecuteReader();
        ImmutableArray<(string, byte[])>.Builder found = ImmutableArray.CreateBuilder<(string, byte[])>();
        while (reader.Read()) found.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        return found.ToImmutable();
    }

    private ApiKey Open((string Id, byte[] Body) row)
    {
        try
        {
            return Body.Read<ApiKey>(vault.Open(row.Body, SealedField.OfApiKey(row.Id)));
        }
        catch (JsonException error)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store {database.Place} holds an API key ({row.Id}) that this version cannot read.",
                "If a newer version has worked on this store, use that version. Otherwise restore the store from its last backup.", error);
        }
    }

    private sealed record Opened(byte[] Body, ApiKey Key);

    private sealed record Revoked(ApiKey? Key);
}
