using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Http;

/// <summary>One page, or the error that ended the listing.</summary>
internal readonly record struct PageAnswer<T>(ImmutableArray<T> Entries, ServiceError? Error);

/// <summary>One page as it was read: its entries and the link behind it, or an error.</summary>
internal readonly record struct Page<T>(ImmutableArray<T> Entries, string? Next, ServiceError? Error)
{
    public static Page<T> Failed(ServiceError error) => new([], null, error);
}

/// <summary>Goes through a listing page by page. Links are followed within our origins only; a link that comes twice, and more pages than allowed, end it.
/// </summary>
internal sealed class PageWalk(GraphAddress addresses, GraphTenantOptions options)
{
    /// <param name="first">The first page's address.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="read">Reads the page at an address.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<PageAnswer<T>> ReadAsync<T>(Uri first, Purpose purpose, Func<Uri, CancellationToken, ValueTask<Page<T>>> read,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        HashSet<string> visited = new(StringComparer.Ordinal);
        for (Uri? address = first; address is not null;)
        {
            if (!visited.Add(address.AbsoluteUri))
            {
                yield return Failed<T>(ServiceErrors.Endless(purpose, "a page links to a page before it"));
                yield break;
            }

            if (visited.Count > options.MaxPages)
            {
                yield return Failed<T>(ServiceErrors.Endless(purpose, $"there are more than {options.MaxPages} pages"));
                yield break;
            }

            Page<T> page = await read(address, cancellation).ConfigureAwait(false);
            Uri? next = null;
            ServiceError? error = page.Error;
            if (page.Next is { } link)
            {
                if (addresses.TryRoute(link, address, out Uri routed)) next = routed;
                else error = ServiceErrors.ForeignLink(link, purpose);
            }

            yield return error is null ? new PageAnswer<T>(page.Entries, null) : Failed<T>(error);
            address = next;
        }
    }

    private static PageAnswer<T> Failed<T>(ServiceError error) => new([], error);
}
