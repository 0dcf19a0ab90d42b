using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace ProvisioningConnector.Sandbox.Http;

internal static class Body
{
    /// <summary>The property as text; null when it is absent or not a string.</summary>
    public static string? Text(this JsonDocument body, string property) =>
        body.RootElement.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.Readable() : null;

    /// <summary>A string or number as text; null for anything else, and for a string with half a surrogate pair in it.</summary>
    public static string? Readable(this JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

internal static class RequestBody
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
