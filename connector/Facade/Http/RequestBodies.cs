using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade.Http;

/// <summary>Reads bodies of requests, here and nowhere else: length and byte-order mark.</summary>
internal sealed class RequestBodies(FacadeSettings settings, WorkInFlight work)
{
    private const int LargestGuess = 1 << 20;
    private const int PlainDepth = 16;

    /// <summary>Reads the body. Its length is bounded by the server, its time by the server's least rate and the request's timeout.</summary>
    /// <exception cref="BadHttpRequestException">The body's framing is wrong, or it ends too early.</exception>
    /// <exception cref="FacadeRefusal">503: the process stops, and the request has not begun while its body is on its way.</exception>
    public async Task<RequestBody> ReadAsync(HttpContext context, BodyDialect dialect)
    {
        BodyLimits limits = new(settings.MaxBody, dialect switch
        {
            BodyDialect.Crest => BodyLimits.Default.Depth,
            BodyDialect.Plain => PlainDepth,
        });
        using MemoryStream bytes = new((int)Math.Clamp(context.Request.ContentLength ?? 0, 0, LargestGuess));
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, work.Stopping);
        try
        {
            await context.Request.Body.CopyToAsync(bytes, end.Token);
        }
        catch (OperationCanceledException) when (work.Stopping.IsCancellationRequested)
        {
            throw FacadeRefusal.NotBegun();
        }
        catch (IOException unreadable) when (unreadable is not BadHttpRequestException)
        {
            // The server says so of chunks whose size is beyond all numbers, and of connections that end.
            throw new BadHttpRequestException("The body cannot be read.", StatusCodes.Status400BadRequest, unreadable);
        }

        ReadOnlyMemory<byte> text = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return new RequestBody(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text, limits);
    }
}
