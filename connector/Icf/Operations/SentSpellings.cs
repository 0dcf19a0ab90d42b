using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Icf.Attributes;

namespace ProvisioningConnector.Icf.Operations;

/// <summary>Remembers how a client spelled a user's phones, for <see cref="PhoneSpelling.AsSent"/>.</summary>
public interface ISentSpellings
{
    /// <summary>What was last kept of a user; empty when nothing was.</summary>
    ValueTask<ImmutableArray<string>> FindAsync(string uid, CancellationToken cancellation);

    ValueTask KeepAsync(string uid, ImmutableArray<string> phones, CancellationToken cancellation);
}

/// <summary>Remembers nothing.</summary>
public sealed class NoSpellings : ISentSpellings
{
    public ValueTask<ImmutableArray<string>> FindAsync(string uid, CancellationToken cancellation) => ValueTask.FromResult(ImmutableArray<string>.Empty);

    public ValueTask KeepAsync(string uid, ImmutableArray<string> phones, CancellationToken cancellation) => ValueTask.CompletedTask;
}

/// <summary>Remembers in the store's notes, which are sealed; their names are in clear, so they hold a keyed digest of the user.</summary>
/// <param name="store">The store.</param>
/// <param name="digest">Keyed digest of a text.</param>
/// <param name="tenantId">Whose users.</param>
public sealed class NotedSpellings(IRunStore store, Func<string, string> digest, string tenantId) : ISentSpellings
{
    public async ValueTask<ImmutableArray<string>> FindAsync(string uid, CancellationToken cancellation) =>
        await store.ReadNoteAsync(Name(uid), cancellation) is { } text ? [.. JsonSerializer.Deserialize<string[]>(text) ?? []] : [];

    public async ValueTask KeepAsync(string uid, ImmutableArray<string> phones, CancellationToken cancellation) =>
        await store.WriteNoteAsync(Name(uid), JsonSerializer.Serialize(phones.ToArray()), cancellation);

    private string Name(string uid) => "sent:" + digest($"{tenantId.ToUpperInvariant()} {uid.ToUpperInvariant()}");
}
