using System.Buffers;
using Azure;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Http;

/// <summary>Takes an answer off the wire: status and headers always, the body as far as it comes.</summary>
internal static class ReplyReading
{
    private const int FirstRoom = 16 * 1024;

    public static async ValueTask<GraphReply> ReadAsync(Response response, string ours, int most, TimeProvider time, CancellationToken cancellation)
    {
        GraphReply reply = new(response.Status, Header(response, "request-id") ?? Header(response, "x-ms-request-id") ?? ours)
        {
            Signal = ThrottleHeaders.Read(name => Header(response, name), time.GetUtcNow()),
            Location = Header(response, "Location"),
            ContentType = Header(response, "Content-Type"),
            Challenge = response.Status == 401 ? Header(response, "WWW-Authenticate") : null,
        };
        if (response.ContentStream is not { } stream) return reply;
        byte[] buffer = ArrayPool<byte>.Shared
            .Rent(Math.Clamp(response.Headers.ContentLength is { } reported and < int.MaxValue ? (int)reported + 1 : FirstRoom,
            FirstRoom, Math.Max(FirstRoom, most)));
        int length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    if (length >= most)
                    {
                        reply.BodyProblem = $"it is larger than {most} bytes";
                        break;
                    }

                    byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                int read = await stream.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
                if (read == 0) break;
                length += read;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException or InvalidDataException or RequestFailedException)
        {
            // Status and headers came; what they are worth without the body is for the reader to say.
            reply.BodyProblem = "it ended before it was complete";
        }

        reply.Take(buffer, length);
        return reply;
    }

    private static string? Header(Response response, string name) => response.Headers.TryGetValue(name, out string? value) ? value : null;
}
