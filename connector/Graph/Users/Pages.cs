using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Graph.Users;

/// <summary>Reads a page's entries; false with what is wrong.</summary>
internal delegate bool ReadPage<T>(ReadOnlyMemory<byte> body, out ImmutableArray<T> entries, out string? next, out string wrong);

/// <summary>One page, or the error that ended the listing.</summary>
internal readonly record struct PageAnswer<T>(ImmutableArray<T> Entries, ServiceError? Error);

/// <summary>Reads a listing page by page. Links are followed within our origins only; a link that comes twice, and more pages than allowed, end it.</summary>
internal sealed class Pages(GraphConnection connection, ReadSender sender)
{
    /// <summary>Asks for answers of queries that the directory computes apart.</summary>
    public bool EventualConsistency { get; init; }

    public async IAsyncEnumerable<PageAnswer<T>> ReadAsync<T>(Uri first, Purpose purpose, ReadPage<T> read,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        HashSet<string> visited = new(StringComparer.Ordinal);
        for (Uri? address = first; address is not null;)
        {
            if (!visited.Add(address.AbsoluteUri)) { yield return Failed<T>(ServiceErrors.Endless(purpose, "a page links to a page before it")); yield break; }
            if (visited.Count > connection.Options.MaxPages) { yield return Failed<T>(ServiceErrors.Endless(purpose,
                $"there are more than {connection.Options.MaxPages} pages")); yield break; }
            (PageAnswer<T> page, address) = await OneAsync(address, purpose, read, cancellation).ConfigureAwait(false);
            yield return page;
        }
    }

    private async ValueTask<(PageAnswer<T> Page, Uri? Next)> OneAsync<T>(Uri address, Purpose purpose, ReadPage<T> read, CancellationToken cancellation)
    {
        using ReadAnswer answer = await sender.SendAsync(
            GraphCall.Get(address, purpose) with { EventualConsistency = EventualConsistency }, cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out GraphReply? reply, out ServiceError? error)) return (Failed<T>(error), null);
        if (!read(reply.Body, out ImmutableArray<T> entries, out string? next,
            out string wrong)) return (Failed<T>(ServiceErrors.Unreadable(purpose, wrong, reply)), null);
        if (next is null) return (new PageAnswer<T>(entries, null), null);
        return connection.Addresses.TryRoute(next, address, out Uri routed)
            ? (new PageAnswer<T>(entries, null), routed) : (Failed<T>(ServiceErrors.ForeignLink(next, purpose)), null);
    }

    private static PageAnswer<T> Failed<T>(ServiceError error) => new([], error);
}
