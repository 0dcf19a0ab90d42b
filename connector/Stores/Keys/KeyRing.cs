using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>
/// The store's keys: the secrets lie in the key file, the database keeps a proof of each, so that a lost or exchanged file
/// is noticed instead of quietly starting anew. Keys that are made after the store lie in the database, wrapped by a key of the
/// file: so the file changes only with <c>store rekey</c>, and a copy of it stays complete.
/// </summary>
internal sealed class KeyRing(KeyFile file, TimeProvider time)
{
    public KeyFile File => file;

    /// <summary>Makes the keys of a new store, all at once, and the one that seals. No one else may write meanwhile.</summary>
    /// <param name="connection">Inside a transaction.</param>
    /// <param name="current">Name of the key that seals.</param>
    /// <exception cref="StoreException">A key was used before and is gone or another.</exception>
    public void Begin(DbConnection connection, string current)
    {
        file.FindOrMake([.. StoreKeys.All, current], time.GetUtcNow());
        foreach (string name in StoreKeys.All) InFile(connection, name);
        MakeCurrent(connection, current);
    }

    /// <summary>Finds or makes a key. Inside a transaction; of two processes at once, both get the same key.</summary>
    /// <exception cref="StoreException">The key was used before and is gone or another.</exception>
    public byte[] Key(DbConnection connection, string name)
    {
        if (TryKey(connection, name) is { } known) return known;
        byte[] key = file.Find(name) ?? RandomNumberGenerator.GetBytes(KeyFile.KeyLength);
        return Insert(connection, name, key, SealedForm.Seal(0, Wrapping(connection), key, Place(name)));
    }

    /// <summary>The key of this name; null when the store never had one.</summary>
    /// <exception cref="StoreException">The key was used before and is gone or another.</exception>
    public byte[]? TryKey(DbConnection connection, string name)
    {
        if (Known(connection, name) is not { } known) return null;
        byte[] key = known.Wrapped is { } wrapped ? Unwrap(connection, name, wrapped) : file.Find(name) ?? throw Lost(name, "is not in");
        if (!CryptographicOperations.FixedTimeEquals(known.Proof, Prove(key, name))) throw Lost(name, "is another one in");
        return key;
    }

    /// <summary>Makes a key in the key file and makes it the one that seals. No one else may write meanwhile.</summary>
    /// <returns>Its name.</returns>
    public string MakeCurrent(DbConnection connection, string name)
    {
        InFile(connection, name);
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

    public StoreException Lost(string name, string how) => new(StoreProblem.KeyLost,
        $"The store's key '{name}' {how} the key file {file.Path}.",
        "Restore the key file that belongs to this store, or set Store:KeyFile to it. "
        + "Without it, what the store holds cannot be read and plans sealed with it cannot be checked.");

    /// <summary>Finds or makes a key that lies in the key file. Inside a transaction.</summary>
    /// <exception cref="StoreException">The key was used before and is gone or another.</exception>
    public byte[] InFile(DbConnection connection, string name) =>
        TryKey(connection, name) ?? Insert(connection, name, file.FindOrMake(name, time.GetUtcNow()), null);

    private byte[] Insert(DbConnection connection, string name, byte[] key, byte[]? wrapped)
    {
        using DbCommand command = connection.Statement(
            "INSERT INTO keys (name, proof, made_at, wrapped) VALUES (@name, @proof, @at, @wrapped) ON CONFLICT DO NOTHING",
            "@name", "@proof", "@at", "@wrapped")
            .With(name, Prove(key, name), Instants.Write(time.GetUtcNow()), wrapped);
        return command.ExecuteNonQuery() == 1 ? key : TryKey(connection, name) ?? throw Lost(name, "was just made by another process and is not in");
    }

    /// <summary>The key that wraps keys in the database. It comes from a key that stays for the life of a store.</summary>
    private byte[] Wrapping(DbConnection connection) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, TryKey(connection, StoreKeys.Users) ?? throw Lost(StoreKeys.Users, "is not in"),
        KeyFile.KeyLength, info: "keys in the store"u8.ToArray());

    private byte[] Unwrap(DbConnection connection, string name, byte[] wrapped)
    {
        byte[] wrapping = Wrapping(connection);
        try
        {
            return SealedForm.TryReadKeyId(wrapped, out _) ? SealedForm.Open(wrapping, wrapped, Place(name)) : throw Lost(name, "cannot be opened with");
        }
        catch (CryptographicException)
        {
            throw Lost(name, "cannot be opened with");
        }
    }

    private static byte[] Place(string name) => Encoding.UTF8.GetBytes("key " + name);

    private static byte[] Prove(byte[] key, string name) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("proof of key " + name));

    private static (byte[] Proof, byte[]? Wrapped)? Known(DbConnection connection, string name)
    {
        using DbCommand command = connection.Statement("SELECT proof, wrapped FROM keys WHERE name = @name", "@name").With(name);
        using DbDataReader reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetFieldValue<byte[]>(0), reader.Bytes(1)) : null;
    }
}
