namespace ProvisioningConnector.Stores.Database;

/// <summary>Encrypts the key of a key file, so that a copy of the file alone opens nothing (docs/configuration.md#store).</summary>
public interface IKeyEncryption
{
    /// <summary>Names the key that encrypts; it stands in the file in clear, so that a person can find the right one.</summary>
    string Id { get; }

    /// <summary>Encrypts a key of 32 bytes.</summary>
    byte[] Wrap(byte[] key);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was wrapped by another key, or changed.</exception>
    byte[] Unwrap(byte[] wrapped);
}
