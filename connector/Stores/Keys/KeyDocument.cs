using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>One secret of a store.</summary>
internal sealed record KeyEntry(string Name, DateTimeOffset MadeAt, byte[] Value);

/// <summary>What a key file holds: version 1 in clear, version 2 encrypted under a key of its own, which <see cref="IKeyEncryption"/> wraps.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="Keys">Version 1.</param>
/// <param name="EncryptedBy">Version 2: <see cref="IKeyEncryption.Id"/>.</param>
/// <param name="WrappedKey">Version 2: the key of the content, wrapped.</param>
/// <param name="Content">Version 2: the keys, as JSON, sealed.</param>
internal sealed record KeyDocument(int Version, ImmutableArray<KeyEntry>? Keys, string? EncryptedBy = null, byte[]? WrappedKey = null, byte[]? Content = null)
{
    private static readonly byte[] Place = "content of the key file"u8.ToArray();

    /// <summary>Whether it is complete; what it holds is another matter.</summary>
    public bool IsSound => this switch
    {
        { Version: 1, Keys: { IsDefault: false } keys } => AreSound(keys),
        { Version: 2, EncryptedBy: not null, WrappedKey: not null, Content: not null } => true,
        _ => false,
    };

    /// <summary>The form to write.</summary>
    /// <param name="keys">All keys.</param>
    /// <param name="encryption">Null: in clear.</param>
    /// <param name="layout">How it lies in the file.</param>
    public static KeyDocument From(ImmutableArray<KeyEntry> keys, IKeyEncryption? encryption, JsonSerializerOptions layout)
    {
        if (encryption is null) return new KeyDocument(1, keys);
        byte[] key = RandomNumberGenerator.GetBytes(KeyFile.KeyLength);
        byte[] content = SealedForm.Seal(0, key, JsonSerializer.SerializeToUtf8Bytes(keys, layout), Place);
        return new KeyDocument(2, null, encryption.Id, encryption.Wrap(key), content);
    }

    /// <summary>The keys of an encrypted file.</summary>
    /// <exception cref="CryptographicException">Another key encrypted it, or it was changed.</exception>
    /// <exception cref="JsonException">It was not written by this program.</exception>
    public ImmutableArray<KeyEntry> Open(IKeyEncryption encryption, JsonSerializerOptions layout)
    {
        if (WrappedKey is null || Content is null || !SealedForm.TryReadKeyId(Content, out _)) throw new JsonException("The content is missing.");
        byte[] content = SealedForm.Open(encryption.Unwrap(WrappedKey), Content, Place);
        ImmutableArray<KeyEntry> keys = JsonSerializer.Deserialize<ImmutableArray<KeyEntry>>(content, layout);
        return !keys.IsDefault && AreSound(keys) ? keys : throw new JsonException("A key is missing.");
    }

    private static bool AreSound(ImmutableArray<KeyEntry> keys) => keys.All(key => key is { Name: not null, Value.Length: KeyFile.KeyLength });
}
