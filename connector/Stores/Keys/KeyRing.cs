using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Runs;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>
/// The store's keys: the secrets lie in the key file, the database keeps a proof of each, so that a lost or exchanged file
/// is noticed instead of quietly starting anew.
/// </summary>
internal sealed class KeyRing(KeyFile file, TimeProvider time)
{
    /// <summary>Finds or makes a key. Inside a write transaction.</summary>
    /// <exception cref="StoreException">The key was used before and is gone or another.</exception>
    public ReadOnlyMemory<byte> Key(SqliteConnection connection, string name)
    {
        byte[]? key = file.Find(name);
        byte[]? proof = Proof(connection, name);
        if (proof is null)
        {
            key ??= file.Make(name, time.GetUtcNow());
            Remember(connection, name, Prove(key, name));
            return key;
        }

        if (key is null) throw Lost(name, "is not in");
        if (!CryptographicOperations.FixedTimeEquals(proof, Prove(key, name))) throw Lost(name, "is another one in");
        return key;
    }

    private static byte[] Prove(byte[] key, string name) => HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes("proof of key " + name));

    private static byte[]? Proof(SqliteConnection connection, string name)
    {
        using SqliteCommand command = connection.Prepare("SELECT proof FROM keys WHERE name = $name", "$name").With(name);
        return command.ExecuteScalar() as byte[];
    }

    private void Remember(SqliteConnection connection, string name, byte[] proof)
    {
        using SqliteCommand command = connection.Prepare("INSERT INTO keys (name, proof, made_at) VALUES ($name, $proof, $at)", "$name", "$proof", "$at")
            .With(name, proof, Instants.Write(time.GetUtcNow()));
        command.ExecuteNonQuery();
    }

    private StoreException Lost(string name, string how) => new(StoreTrouble.KeyLost,
        $"The store's key '{name}' {how} the key file {file.Path}.",
        "Restore the key file that belongs to this store, or set Store:KeyFile to it. Without it, plans sealed with the key cannot be checked.");
}
