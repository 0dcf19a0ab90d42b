using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;

namespace ProvisioningConnector.Stores.Sealing;

/// <summary>The keys that a vault works with; replaced as a whole.</summary>
/// <param name="Current">Id of the key that seals.</param>
/// <param name="Values">All keys that open, by id.</param>
/// <param name="Digest">The key of look-up digests; stays for the life of a store.</param>
internal sealed record VaultKeys(uint Current, ImmutableDictionary<uint, byte[]> Values, byte[] Digest);

/// <summary>
/// Keeps what identifies people unreadable in the database (docs/safety.md#secrecy): values are encrypted for the one place
/// where they lie, look-up keys are keyed digests; the keys are in the key file. Safe for many callers.
/// </summary>
internal sealed class ValueEncryption(KeyRing ring, string place)
{
    public const int DigestLength = 16;
    private volatile VaultKeys? _keys;

    private VaultKeys Keys => _keys ?? throw new InvalidOperationException("The vault was not opened.");

    /// <summary>What values begin with that the current key sealed.</summary>
    public byte[] CurrentHeader => SealedForm.Header(Keys.Current);

    /// <summary>Finds the store's keys, or makes them.</summary>
    /// <exception cref="StoreException">The key file is not this store's.</exception>
    public void Open(StoreDatabase database, DbConnection connection)
    {
        if (KeyRing.CurrentName(connection) is { } name && Load(connection, name)) return;
        database.Alone(connection, () =>
        {
            if (KeyRing.CurrentName(connection) is null) ring.Begin(connection, SealedForm.KeyName(NewId()));
            else ring.InFile(connection, StoreKeys.Users);
            return true;
        });
        if (KeyRing.CurrentName(connection) is { } made) Load(connection, made);
    }

    /// <summary>Takes up a key that another process made meanwhile. Inside a transaction: the current key then stays until its end.</summary>
    public void Refresh(DbConnection connection)
    {
        if (KeyRing.CurrentName(connection) is { } name && name != SealedForm.KeyName(Keys.Current)) Load(connection, name);
    }

    /// <summary>Makes a new key the current one, alone in the database. Earlier ones go on opening what they sealed.</summary>
    public void Renew(DbConnection connection) => Load(connection, ring.MakeCurrent(connection, SealedForm.KeyName(NewId())));

    /// <param name="plain">The value.</param>
    /// <param name="field">Where it will lie (<see cref="SealedField"/>).</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> field)
    {
        VaultKeys now = Keys;
        return SealedForm.Seal(now.Current, now.Values[now.Current], plain, field);
    }

    /// <exception cref="StoreException">The value was changed or moved, or its key is gone.</exception>
    public byte[] Open(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> field)
    {
        if (!SealedForm.TryReadKeyId(whole, out uint id)) throw Changed(null);
        byte[]? key = Keys.Values.GetValueOrDefault(id) ?? Found(id);
        if (key is null) throw ring.Lost(SealedForm.KeyName(id), "is not in");
        try
        {
            return SealedForm.Open(key, whole, field);
        }
        catch (CryptographicException error)
        {
            throw Changed(error);
        }
    }

    /// <summary>Distinguishes users apart without revealing who they are: HMAC-SHA-256, 16 bytes, of the object id, ignoring case.</summary>
    public byte[] Digest(string uid) => HMACSHA256.HashData(Keys.Digest, Encoding.UTF8.GetBytes(uid.ToUpperInvariant()))[..DigestLength];

    private static uint NewId()
    {
        Span<byte> id = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(id);
        return BitConverter.ToUInt32(id);
    }

    /// <summary>A key that another process made after this one had read the file.</summary>
    private byte[]? Found(uint id)
    {
        if (ring.File.Find(SealedForm.KeyName(id)) is not { } key) return null;
        _keys = Keys with { Values = Keys.Values.SetItem(id, key) };
        return key;
    }

    private bool Load(DbConnection connection, string current)
    {
        if (ring.TryKey(connection, StoreKeys.Users) is not { } digest || ring.TryKey(connection, current) is null) return false;
        _ = SealedForm.TryReadKeyName(current, out uint id);
        _keys = new VaultKeys(id, ring.File.All(static name => SealedForm.TryReadKeyName(name, out uint key) ? key : null), digest);
        return true;
    }

    private StoreException Changed(Exception? error) => new(StoreProblem.Damaged,
        $"The store {place} holds a value that was changed, or moved from elsewhere in it.",
        "Stop and keep the store for examination: something other than this product wrote into it. Restore it from its last backup.", error);
}
