using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;

namespace ProvisioningConnector.Stores.Notes;

/// <summary>Small records kept as notes of a run store.</summary>
internal static class KeyValueMemory
{
    private const string Gone = "";

    /// <exception cref="StoreException">The note is not what it should be.</exception>
    public static async ValueTask<T?> ReadAsync<T>(IRunStore store, string name, CancellationToken cancellation)
        where T : class
    {
        return Parse<T>(await store.ReadNoteAsync(name, cancellation), name);
    }

    /// <summary>Replaces a value by what it becomes; no other process changes it in between.</summary>
    /// <exception cref="StoreException">The note is not what it should be.</exception>
    public static ValueTask ChangeAsync<T>(IRunStore store, string name, Func<T?, T> change, CancellationToken cancellation)
        where T : class => store.ChangeNoteAsync(name, before => Text(change(Parse<T>(before, name))), cancellation);

    /// <exception cref="StoreException">The note is not what it should be.</exception>
    private static T? Parse<T>(string? text, string name)
        where T : class
    {
        if (text is not { Length: > 0 }) return null;
        try
        {
            return Body.Read<T>(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException error)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store's note '{name}' cannot be read.", "Restore the store from a backup.", error);
        }
    }

    public static ValueTask WriteAsync<T>(IRunStore store, string name, T value, CancellationToken cancellation)
        where T : class => store.WriteNoteAsync(name, Text(value), cancellation);

    /// <summary>An empty note is none.</summary>
    public static ValueTask ForgetAsync(IRunStore store, string name, CancellationToken cancellation) => store.WriteNoteAsync(name, Gone, cancellation);

    private static string Text<T>(T value) => Encoding.UTF8.GetString(Body.Write(value));

    /// <summary>Tenant ids are compared ignoring case.</summary>
    public static string Tenant(string tenantId) => tenantId.ToLowerInvariant();
}

/// <summary>Accepted sources as notes of a run store, whichever it is.</summary>
public sealed class NotedSources(IRunStore store) : ISourceMemory
{
    /// <inheritdoc/>
    public ValueTask<AcceptedSource?> FindAsync(string tenantId, string source, bool delta, CancellationToken cancellation) =>
        KeyValueMemory.ReadAsync<AcceptedSource>(store, Name(tenantId, source, delta), cancellation);

    /// <inheritdoc/>
    public ValueTask AcceptAsync(string tenantId, string source, bool delta, AcceptedSource accepted, CancellationToken cancellation) =>
        KeyValueMemory.WriteAsync(store, Name(tenantId, source, delta), accepted, cancellation);

    private static string Name(string tenantId, string source, bool delta) => $"source:{KeyValueMemory.Tenant(tenantId)}:{(delta ? "delta" : "full")}:{source}";
}

/// <summary>Quarantined tenants as notes of a run store, whichever it is.</summary>
public sealed class NotedQuarantines(IRunStore store) : IQuarantines
{
    /// <inheritdoc/>
    public ValueTask<TenantQuarantine?> FindAsync(string tenantId, CancellationToken cancellation) =>
        KeyValueMemory.ReadAsync<TenantQuarantine>(store, Name(tenantId), cancellation);

    /// <inheritdoc/>
    public ValueTask BeginAsync(TenantQuarantine quarantine, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(quarantine);
        return KeyValueMemory.WriteAsync(store, Name(quarantine.TenantId), quarantine, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask EndAsync(string tenantId, CancellationToken cancellation) => KeyValueMemory.ForgetAsync(store, Name(tenantId), cancellation);

    private static string Name(string tenantId) => $"quarantine:{KeyValueMemory.Tenant(tenantId)}";
}
