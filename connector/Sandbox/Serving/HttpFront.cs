using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Serving;

/// <summary>Kestrel's view of the sandbox: one exchange per request, no pipeline in between.</summary>
internal sealed class HttpFront(Dispatcher dispatcher) : IHttpApplication<IFeatureCollection>
{
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        ReadOnlyMemory<byte> body = await RequestBytes.ReadAsync(request);
        IHttpRequestLifetimeFeature lifetime = context.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        Answer? outcome;
        try
        {
            outcome = await dispatcher.HandleAsync(request, body, lifetime.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            outcome = null; // The sandbox is stopping: what was not done stays undone, and no one is answered.
        }
        if (outcome is null)
        {
            lifetime.Abort();
            return;
        }
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = outcome.Status;
        IHeaderDictionary headers = response.Headers;
        if (!outcome.Body.IsEmpty) headers.ContentType = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
        foreach ((string? name, string? value) in outcome.Headers) headers[name] = value;
        if (outcome.Status != 204) headers.ContentLength = outcome.Body.Length;
        IHttpResponseBodyFeature sink = context.GetRequiredFeature<IHttpResponseBodyFeature>();
        if (!outcome.Body.IsEmpty && request.Method != "HEAD") await sink.Writer.WriteAsync(outcome.Body);
        await sink.CompleteAsync();
    }

    public void DisposeContext(IFeatureCollection context, Exception? exception) { }
}
