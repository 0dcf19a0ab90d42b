using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>
/// The file with a store's secrets, outside the database: JSON, mode 600, replaced as a whole so that it is never half
/// written. Anyone who changes it holds its lock, so that two processes, even of different stores, lose no key of each other.
/// Owner, group and mode stay, whichever account changes it.
/// </summary>
internal sealed class KeyFile(string path)
{
    public const int KeyLength = 32;

    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public string Path => path;

    /// <summary>The key of this name; null when the file has none or is not there.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public byte[]? Find(string name) => Find(Read(), name);

    /// <summary>The keys whose name has an id.</summary>
    public ImmutableDictionary<uint, byte[]> All(Func<string, uint?> id)
    {
        ImmutableDictionary<uint, byte[]>.Builder all = ImmutableDictionary.CreateBuilder<uint, byte[]>();
        foreach (KeyEntry key in Read().Keys)
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
        KeyDocument after = made.IsEmpty ? before : before with { Keys = before.Keys.AddRange(made) };
        return (after.Keys.Where(key => names.Contains(key.Name, StringComparer.Ordinal))
            .ToImmutableDictionary(key => key.Name, key => key.Value, StringComparer.Ordinal), after);
    });

    /// <summary>Forgets keys; durable when it returns.</summary>
    public void Remove(IReadOnlyCollection<string> names) =>
        Change(before => (true, before with { Keys = before.Keys.RemoveAll(key => names.Contains(key.Name, StringComparer.Ordinal)) }));

    private static byte[]? Find(KeyDocument document, string name) =>
        document.Keys.FirstOrDefault(key => string.Equals(key.Name, name, StringComparison.Ordinal))?.Value;

    private T Change<T>(Func<KeyDocument, (T Result, KeyDocument After)> change)
    {
        try
        {
            PrivateFiles.MakeDirectoryOf(path);
            using FileStream alone = KeyFileLock.Take(path);
            // The next one to need the lock may be the account that owns the keys.
            if (File.Exists(path)) FileOwner.Follow(alone.Name, path);
            KeyDocument before = Read();
            (T result, KeyDocument after) = change(before);
            if (!after.Keys.Equals(before.Keys)) Replace(after);
            return result;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PrivateFiles.Problem(error, path);
        }
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
            throw PrivateFiles.Problem(error, path);
        }
    }

    private void Replace(KeyDocument document)
    {
        string fresh = string.Create(CultureInfo.InvariantCulture, $"{path}.{Guid.NewGuid():N}.new");
        try
        {
            using (FileStream stream = PrivateFiles.Create(fresh))
            {
                JsonSerializer.Serialize(stream, document, Layout);
                stream.Flush(flushToDisk: true);
            }

            if (File.Exists(path)) PrivateFiles.Follow(fresh, path);
            File.Move(fresh, path, overwrite: true);
            DurableDirectory.Flush(path);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    private StoreException Unreadable(Exception? error) => new(StoreProblem.KeyLost, $"The key file {path} cannot be read.",
        "Restore it from its backup. Do not delete it: what the store holds could not be read any more.", error);

    private sealed record KeyDocument(int Version, ImmutableArray<KeyEntry> Keys);

    private sealed record KeyEntry(string Name, DateTimeOffset MadeAt, byte[] Value);
}
