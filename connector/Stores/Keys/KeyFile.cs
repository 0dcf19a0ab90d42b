using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>
/// The file with a store's secrets, outside the database: JSON, mode 600, replaced as a whole so that it is never half
/// written. Anyone who changes it holds its lock, so that two processes, even of different stores, lose no key of each other.
/// Owner, group and mode stay, whichever account changes it. With an encryption the file is encrypted when it is written next; a file
/// that is encrypted opens only with it, or with the previous one.
/// </summary>
internal sealed class KeyFile(
    string path, IKeyEncryption? encryption = null, IKeyEncryption? previous = null, StoreAccess access = StoreAccess.Owner)
{
    public const int KeyLength = 32;

    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly PrivateFiles _files = new(access);

    public string Path => path;

    /// <summary>The key of this name; null when the file has none or is not there.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public byte[]? Find(string name) => Find(Read(), name);

    /// <summary>The keys whose name has an id.</summary>
    public ImmutableDictionary<uint, byte[]> All(Func<string, uint?> id)
    {
        ImmutableDictionary<uint, byte[]>.Builder all = ImmutableDictionary.CreateBuilder<uint, byte[]>();
        foreach (KeyEntry key in Read())
        {
            if (id(key.Name) is { } one) all[one] = key.Value;
        }

        return all.ToImmutable();
    }

    /// <summary>The key of this name, made and written down when there is none; durable when it returns.</summary>
    public byte[] FindOrMake(string name, DateTimeOffset at) => FindOrMake([name], at)[name];

    /// <summary>The keys of these names; those that are missing are made and written down together. Durable when it returns.</summary>
    public ImmutableDictionary<string, byte[]> FindOrMake(ImmutableArray<string> names, DateTimeOffset at) => Change(before =>
    {
        ImmutableArray<KeyEntry> made = [.. names.Where(name => Find(before, name) is null)
            .Select(name => new KeyEntry(name, at.ToUniversalTime(), RandomNumberGenerator.GetBytes(KeyLength)))];
        ImmutableArray<KeyEntry> after = before.AddRange(made);
        return (after.Where(key => names.Contains(key.Name, StringComparer.Ordinal))
            .ToImmutableDictionary(key => key.Name, key => key.Value, StringComparer.Ordinal), after);
    });

    /// <summary>Forgets keys; durable when it returns.</summary>
    public void Remove(IReadOnlyCollection<string> names) =>
        Change(before => (true, before.RemoveAll(key => names.Contains(key.Name, StringComparer.Ordinal))));

    private static byte[]? Find(ImmutableArray<KeyEntry> keys, string name) =>
        keys.FirstOrDefault(key => string.Equals(key.Name, name, StringComparison.Ordinal))?.Value;

    private T Change<T>(Func<ImmutableArray<KeyEntry>, (T Result, ImmutableArray<KeyEntry> After)> change)
    {
        try
        {
            _files.MakeDirectoryOf(path);
            using FileStream alone = KeyFileLock.Take(path);
            // The next one to need the lock may be another account: the owner of the keys, or one of the group.
            _files.Narrow(alone.Name);
            if (File.Exists(path)) _files.FollowOwner(alone.Name, path);
            ImmutableArray<KeyEntry> before = Read();
            (T result, ImmutableArray<KeyEntry> after) = change(before);
            if (!after.SequenceEqual(before)) Replace(after);
            return result;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PrivateFiles.Problem(error, path);
        }
    }

    private ImmutableArray<KeyEntry> Read()
    {
        try
        {
            if (!File.Exists(path)) return [];
            _files.Narrow(path);
            KeyDocument? document = JsonSerializer.Deserialize<KeyDocument>(File.ReadAllBytes(path), Layout);
            if (document is not { IsSound: true }) throw Unreadable(null);
            if (document.Keys is { } keys) return keys;
            IKeyEncryption? opening = new[] { encryption, previous }.FirstOrDefault(one => one?.Id == document.EncryptedBy);
            return opening is null ? throw EncryptedByAnother(document.EncryptedBy) : document.Open(opening, Layout);
        }
        catch (CryptographicException error)
        {
            throw Unreadable(error);
        }
        catch (JsonException error)
        {
            throw Unreadable(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PrivateFiles.Problem(error, path);
        }
    }

    private void Replace(ImmutableArray<KeyEntry> keys)
    {
        KeyDocument document = KeyDocument.From(keys, encryption, Layout);
        string fresh = string.Create(CultureInfo.InvariantCulture, $"{path}.{Guid.NewGuid():N}.new");
        try
        {
            using (FileStream stream = _files.Create(fresh))
            {
                JsonSerializer.Serialize(stream, document, Layout);
                stream.Flush(flushToDisk: true);
            }

            if (File.Exists(path)) _files.Follow(fresh, path);
            File.Move(fresh, path, overwrite: true);
            DurableDirectory.Flush(path);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    private StoreException Unreadable(Exception? error) => new(StoreProblem.KeyLost, $"The key file {path} cannot be read.",
        "Restore it from its backup. Do not delete it: the content of the store could no longer be read.", error);

    private StoreException EncryptedByAnother(string? id) => new(StoreProblem.KeyLost,
        $"The key file {path} is encrypted by {id}; configured is {encryption?.Id ?? "nothing"}.",
        "Set Store:KeyEncryption (or its Previous) to the certificate or the secret that encrypts it (docs/configuration.md#store).");
}
