using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>
/// The file with a store's secrets, outside the database: JSON, mode 600, replaced as a whole so that it is never half
/// written. Whoever calls holds the database's write lock, so that two processes do not make the same key twice.
/// </summary>
internal sealed class KeyFile(string path)
{
    public const int KeyLength = 32;

    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public string Path => path;

    /// <summary>The key of this name; null when the file has none or is not there.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public byte[]? Find(string name) => Read().Keys.FirstOrDefault(key => string.Equals(key.Name, name, StringComparison.Ordinal))?.Value;

    /// <summary>Makes a key and writes it down, durable when it returns.</summary>
    public byte[] Make(string name, DateTimeOffset at)
    {
        byte[] value = RandomNumberGenerator.GetBytes(KeyLength);
        KeyDocument before = Read();
        try
        {
            Replace(before with { Keys = before.Keys.Add(new KeyEntry(name, at.ToUniversalTime(), value)) });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PrivateFiles.Trouble(error, path);
        }

        return value;
    }

    private KeyDocument Read()
    {
        try
        {
            if (!File.Exists(path)) return new KeyDocument(1, []);
            PrivateFiles.Narrow(path);
            KeyDocument? document = JsonSerializer.Deserialize<KeyDocument>(File.ReadAllBytes(path), Layout);
            return document is { Version: 1, Keys.IsDefault: false } && document.Keys.All(key => key is { Name: not null, Value.Length: KeyLength })
                ? document
                : throw Unreadable(null);
        }
        catch (JsonException error)
        {
            throw Unreadable(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PrivateFiles.Trouble(error, path);
        }
    }

    private void Replace(KeyDocument document)
    {
        PrivateFiles.MakeDirectoryOf(path);
        string fresh = string.Create(CultureInfo.InvariantCulture, $"{path}.{Guid.NewGuid():N}.new");
        try
        {
            using (FileStream stream = PrivateFiles.Create(fresh))
            {
                JsonSerializer.Serialize(stream, document, Layout);
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    private StoreException Unreadable(Exception? error) => new(StoreTrouble.KeyLost, $"The key file {path} cannot be read.",
        "Restore it from its backup. Do not delete it: plans sealed with its keys could not be applied any more.", error);

    private sealed record KeyDocument(int Version, ImmutableArray<KeyEntry> Keys);

    private sealed record KeyEntry(string Name, DateTimeOffset MadeAt, byte[] Value);
}
