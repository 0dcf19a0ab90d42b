using System.Collections.Immutable;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Graph.Sdk;

/// <summary>
/// Microsoft's SDK over our senders (docs/graph.md#how-the-sdk-is-used): its builders say what is sent, its models what a low-volume read means. It is
/// loaded when it is first asked for.
/// </summary>
internal sealed class GraphSdk(ReadAdapter adapter, PageWalk walk)
{
    // No field has its type: the library is loaded when the first request is built, which a plan does not.
    private object? _client;

    /// <summary>Builders of requests. Only reads may be sent with it.</summary>
    public GraphServiceClient Client => (GraphServiceClient)LazyInitializer.EnsureInitialized(ref _client, () => new GraphServiceClient(adapter));

    /// <summary>Gives a request a body.</summary>
    public RequestInformation With(RequestInformation info, IParsable body)
    {
        info.SetContentFromParsable(adapter, "application/json", body);
        return info;
    }

    /// <summary>Reads one thing.</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="read">A <c>GetAsync</c> of the client, which takes the option along.</param>
    public static async ValueTask<SdkAnswer<T>> ReadAsync<T>(Purpose purpose, Func<ReadFor, Task<T?>> read)
    {
        ReadFor option = new(purpose);
        try
        {
            return await read(option).ConfigureAwait(false) is { } model ? new SdkAnswer<T>(model) : new SdkAnswer<T>(option.Unreadable("it is empty"));
        }
        catch (ReadFailedException e)
        {
            return new SdkAnswer<T>(e.Error);
        }
    }

    /// <summary>Reads one thing as a model that the SDK would not choose.</summary>
    /// <param name="info">Asks for it.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="factory">Makes the model.</param>
    /// <param name="cancellation">Stops.</param>
    public ValueTask<SdkAnswer<T>> ReadAsync<T>(RequestInformation info, Purpose purpose, ParsableFactory<T> factory, CancellationToken cancellation)
        where T : IParsable => ReadAsync(purpose, option =>
        {
            info.AddRequestOptions([option]);
            return adapter.SendAsync(info, factory, null, cancellation);
        });

    /// <summary>Reads one thing as it came.</summary>
    /// <param name="info">Asks for it.</param>
    /// <param name="option">What for.</param>
    /// <param name="cancellation">Stops.</param>
    public async ValueTask<SdkAnswer<byte[]>> ReadBodyAsync(RequestInformation info, ReadFor option, CancellationToken cancellation)
    {
        info.AddRequestOptions([option]);
        try
        {
            using MemoryStream body = new();
            using (Stream? stream = await adapter.SendPrimitiveAsync<Stream>(info, null, cancellation).ConfigureAwait(false)) stream?.CopyTo(body);
            return new SdkAnswer<byte[]>(body.ToArray());
        }
        catch (ReadFailedException e)
        {
            return new SdkAnswer<byte[]>(e.Error);
        }
    }

    /// <summary>Reads a list page by page. A page with an error is the last.</summary>
    /// <param name="first">Asks for the first page.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="list">What is read.</param>
    /// <param name="cancellation">Stops.</param>
    public IAsyncEnumerable<PageAnswer<TEntry>> ListAsync<TModel, TEntry>(
        RequestInformation first, Purpose purpose, SdkList<TModel, TEntry> list, CancellationToken cancellation)
        where TModel : IParsable
    {
        GraphCall call = first.ToCall(purpose);
        return walk.ReadAsync(call.Address, purpose, (address, ending) => PageAsync(call with { Address = address }, list, ending), cancellation);
    }

    private async ValueTask<Page<TEntry>> PageAsync<TModel, TEntry>(GraphCall call, SdkList<TModel, TEntry> list, CancellationToken cancellation)
        where TModel : IParsable
    {
        ReadFor option = new(call.Purpose);
        RequestInformation info = new() { HttpMethod = Method.GET, URI = call.Address };
        info.AddRequestOptions([option]);
        if (call.EventualConsistency) info.Headers.Add("ConsistencyLevel", "eventual");
        try
        {
            SdkPage<TModel>? page = await adapter.SendAsync(info, _ => new SdkPage<TModel>(list.Model), null, cancellation).ConfigureAwait(false);
            if (page?.Value is not { } models) return Page<TEntry>.Failed(option.Unreadable("it holds no list"));
            ImmutableArray<TEntry>.Builder entries = ImmutableArray.CreateBuilder<TEntry>(models.Count);
            return models.TrueForAll(model => list.Take(model, entries))
                ? new Page<TEntry>(entries.ToImmutable(), page.NextLink, null)
                : Page<TEntry>.Failed(option.Unreadable("an entry has no id or is not an object"));
        }
        catch (ReadFailedException e)
        {
            return Page<TEntry>.Failed(e.Error);
        }
    }
}
