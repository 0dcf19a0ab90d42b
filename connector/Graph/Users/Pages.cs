using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Graph.Users;

/// <summary>Reads a page's entries; false with what is wrong.</summary>
internal delegate bool ReadPage<T>(ReadOnlyMemory<byte> body, out ImmutableArray<T> entries, out string? next, out string wrong);

/// <summary>Reads pages of users straight from UTF-8: with the SDK's models a directory would cost ten times the time and fifty times the memory
/// (docs/graph.md#how-the-sdk-is-used).</summary>
internal sealed class Pages(GraphConnection connection)
{
    public IAsyncEnumerable<PageAnswer<T>> ReadAsync<T>(Uri first, Purpose purpose, ReadPage<T> read, CancellationToken cancellation) =>
        connection.Walk.ReadAsync(first, purpose, (address, ending) => OneAsync(address, purpose, read, ending), cancellation);

    private async ValueTask<Page<T>> OneAsync<T>(Uri address, Purpose purpose, ReadPage<T> read, CancellationToken cancellation)
    {
        using ReadAnswer answer = await connection.Reads.SendAsync(GraphCall.Get(address, purpose), cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out GraphReply? reply, out ServiceError? error)) return Page<T>.Failed(error);
        return read(reply.Body, out ImmutableArray<T> entries, out string? next, out string wrong)
            ? new Page<T>(entries, next, null) : Page<T>.Failed(ServiceErrors.Unreadable(purpose, wrong, reply));
    }
}
