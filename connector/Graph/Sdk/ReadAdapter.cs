using System.Buffers.Text;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Abstractions.Store;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Sdk;

/// <summary>
/// What stands under Microsoft's SDK in place of its own HTTP stack, which repeats writes (docs/graph.md#how-the-sdk-is-used). It only reads, through
/// <see cref="ReadSender"/>: paced, repeated, classified and redirected by our rules.
/// </summary>
/// <param name="addresses">Where requests go.</param>
/// <param name="reads">The gate of reads.</param>
/// <param name="reports">The gate of audit log and registration report.</param>
internal sealed class ReadAdapter(GraphAddress addresses, ReadSender reads, ReadSender reports) : IRequestAdapter
{
    /// <inheritdoc/>
    public ISerializationWriterFactory SerializationWriterFactory => SdkJson.Writers;

    /// <inheritdoc/>
    public string? BaseUrl { get; set; } = addresses.V1("").AbsoluteUri.TrimEnd('/');

    /// <inheritdoc/>
    /// <exception cref="ReadFailedException">The read came to nothing, or its answer could not be understood.</exception>
    public async Task<TModel?> SendAsync<TModel>(RequestInformation requestInfo, ParsableFactory<TModel> factory,
        Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null, CancellationToken cancellationToken = default)
        where TModel : IParsable
    {
        using ReadAnswer answer = await ReadAsync(requestInfo, cancellationToken).ConfigureAwait(false);
        GraphReply reply = Success(answer);
        return SdkJson.TryRead(Utf8Text.WithoutMark(reply.Body).Span, factory, out TModel? model, out string wrong)
            ? model : throw new ReadFailedException(ServiceErrors.Unreadable(For(requestInfo).Purpose, wrong, reply));
    }

    /// <summary>A count, or a body as it came (<see cref="Stream"/>).</summary>
    /// <exception cref="ReadFailedException">The read came to nothing, or its answer is no count.</exception>
    public async Task<TModel?> SendPrimitiveAsync<TModel>(RequestInformation requestInfo,
        Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null, CancellationToken cancellationToken = default)
    {
        if (typeof(TModel) != typeof(Stream) && typeof(TModel) != typeof(int?)) throw Unsupported();
        using ReadAnswer answer = await ReadAsync(requestInfo, cancellationToken).ConfigureAwait(false);
        GraphReply reply = Success(answer);
        if (typeof(TModel) == typeof(Stream)) return (TModel)(object)new MemoryStream(reply.Body.ToArray());
        return Utf8Parser.TryParse(Utf8Text.WithoutMark(reply.Body).Span.Trim(" \r\n\t\""u8), out int count, out _) && count >= 0
            ? (TModel)(object)count : throw new ReadFailedException(ServiceErrors.Unreadable(For(requestInfo).Purpose, "it is not a count", reply));
    }

    /// <summary>Does nothing: every model is made for one request, which says all that the model holds.</summary>
    public void EnableBackingStore(IBackingStoreFactory backingStoreFactory)
    {
    }

    /// <inheritdoc/>
    public Task<IEnumerable<TModel>?> SendCollectionAsync<TModel>(RequestInformation requestInfo, ParsableFactory<TModel> factory,
        Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null, CancellationToken cancellationToken = default)
        where TModel : IParsable => throw Unsupported();

    /// <inheritdoc/>
    public Task<IEnumerable<TModel>?> SendPrimitiveCollectionAsync<TModel>(RequestInformation requestInfo,
        Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null, CancellationToken cancellationToken = default) => throw Unsupported();

    /// <inheritdoc/>
    public Task SendNoContentAsync(RequestInformation requestInfo, Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null,
        CancellationToken cancellationToken = default) => throw Unsupported();

    /// <inheritdoc/>
    public Task<T?> ConvertToNativeRequestAsync<T>(RequestInformation requestInfo, CancellationToken cancellationToken = default) => throw Unsupported();

    private async ValueTask<ReadAnswer> ReadAsync(RequestInformation info, CancellationToken cancellation)
    {
        if (info.HttpMethod != Method.GET) throw Unsupported();
        Purpose purpose = For(info).Purpose;
        ReadSender sender = purpose is Purpose.ReadReport or Purpose.ReadAudit ? reports : reads;
        ReadAnswer answer = await sender.SendAsync(info.ToCall(purpose), cancellation).ConfigureAwait(false);
        if (answer.TryGet(out GraphReply? reply, out _)) For(info).Answered(reply);
        return answer;
    }

    private static GraphReply Success(in ReadAnswer answer) =>
        answer.TryGet(out GraphReply? reply, out ServiceError? error) ? reply : throw new ReadFailedException(error);

    private static ReadFor For(RequestInformation info) =>
        info.GetRequestOption<ReadFor>() ?? throw new InvalidOperationException($"The read of '{info.UrlTemplate}' does not say what it is for.");

    private static NotSupportedException Unsupported() =>
        new("Only reads of one answer go through the SDK. Writes are sent by WriteSender, which never repeats what may have been applied.");
}
