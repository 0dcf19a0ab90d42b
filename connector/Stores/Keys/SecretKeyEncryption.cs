using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>
/// A secret's value encrypts, such as one that a Key Vault holds and hands out as an environment variable or a file. The key comes from it by
/// HKDF-SHA-256, so the value must be random, not a password that people think of.
/// </summary>
public sealed class SecretKeyEncryption : IKeyEncryption
{
    /// <summary>Fewest characters of the secret: 32 of Base64 are 192 random bits.</summary>
    public const int MinLength = 32;

    private static readonly byte[] Place = "key of the key file"u8.ToArray();
    private readonly byte[] _key;

    /// <param name="secret">Its value.</param>
    /// <exception cref="ArgumentException">It is shorter than <see cref="MinLength"/>.</exception>
    public SecretKeyEncryption(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length < MinLength) throw new ArgumentException($"The secret needs at least {MinLength} characters.", nameof(secret));
        byte[] value = Encoding.UTF8.GetBytes(secret);
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, value, KeyFile.KeyLength, info: Place);
        Id = $"secret {Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, value, 8, info: "name of the secret"u8.ToArray()))}";
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public byte[] Wrap(byte[] key) => SealedForm.Seal(0, _key, key, Place);

    /// <inheritdoc/>
    public byte[] Unwrap(byte[] wrapped) =>
        SealedForm.TryReadKeyId(wrapped, out _) ? SealedForm.Open(_key, wrapped, Place) : throw new CryptographicException("It is no wrapped key.");
}
