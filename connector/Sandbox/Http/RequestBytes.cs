using Microsoft.AspNetCore.Http.Features;

namespace ProvisioningConnector.Sandbox.Http;

internal static class RequestBytes
{
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(IHttpRequestFeature request)
    {
        if (request.Headers.ContentLength is { } length)
        {
            if (length == 0) return default;
            byte[] exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact);
            return exact;
        }
        if (request.Headers.TransferEncoding.Count == 0) return default;
        using MemoryStream buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        return buffer.ToArray();
    }
}
