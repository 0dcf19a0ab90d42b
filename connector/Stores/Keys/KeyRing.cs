using System.Data.Common;
using System.Security.Cryptography;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Databases;
using ProvisioningConnector.Stores.Runs;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>
/// The store's keys: the secrets lie in the key file, the database keeps a proof of each, so that a lost or exchanged file
/// is noticed instead of quietly starting anew.
/// </summary>
internal sealed class KeyRing(KeyFile file, TimeProvider time)
{
    public KeyFile File => file;

    /// <summary>Finds or makes a key. Inside a transaction; of two processes at once, both get the same key.</summary>
    /// <exception cref="StoreException">The key was used before and is gone or another.</exception>
    public byte[] Key(DbConnection connection, string name)
    {
        if (TryKey(connection, name) is { } known) return known;
        byte[] key = file.FindOrMake(name, time.GetUtcNow());
        using DbCommand command = connection.Statement(
            "INSERT INTO keys (name, proof, made_at) VALUES (@name, @proof, @at) ON CONFLICT DO NOTHING", "@name", "@proof", "@at")
            .With(name, Prove(key, name), Instants.Write(time.GetUtcNow()));
        return command.ExecuteNonQuery() == 1 ? key : TryKey(connection, name) ?? throw Lost(name, "was just made by another process and is not in");
    }

    /// <summary>The key of this name; null when the store never had one.</summary>
    /// <exception cref="StoreException">The key was used before and is gone or another.</exception>
    public byte[]? TryKey(DbConnection connection, string name)
    {
        if (Proof(connection, name) is not { } proof) return null;
        if (file.Find(name) is not { } key) throw Lost(name, "is not in");
        if (!CryptographicOperations.FixedTimeEquals(proof, Prove(key, name))) throw Lost(name, "is another one in");
        return key;
    }

    /// <summary>Makes a key and makes it the one that seals. Nobody else may write meanwhile.</summary>
    /// <returns>Its name.</returns>
    public string MakeCurrent(DbConnection connection, string name)
    {
        Key(connection, name);
        using DbCommand command = connection.Statement("UPDATE keys SET is_current = CASE WHEN name = @name THEN 1 ELSE 0 END", "@name").With(name);
        command.ExecuteNonQuery();
        return name;
    }

    /// <summary>Name of the key that seals; null in a new store.</summary>
    public static string? CurrentName(DbConnection connection)
    {
        using DbCommand command = connection.Statement("SELECT name FROM keys WHERE is_current = 1");
        return command.ExecuteScalar() as string;
    }

    public StoreException Lost(string name, string how) => new(StoreTrouble.KeyLost,
        $"The store's key '{name}' {how} the key file {file.Path}.",
        "Restore the key file that belongs to this store, or set Store:KeyFile to it. Without it, what the store holds cannot be read and plans sealed with it cannot be checked.");

    private static byte[] Prove(byte[] key, string name) => HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes("proof of key " + name));

    private static byte[]? Proof(DbConnection connection, string name)
    {
        using DbCommand command = connection.Statement("SELECT proof FROM keys WHERE name = @name", "@name").With(name);
        return command.ExecuteScalar() as byte[];
    }
}
