using Azure.Core;

namespace ProvisioningConnector.Graph.Http;

/// <summary>
/// The body of one attempt. It is always present, be it empty: a request without a body would be repeated by the HTTP stack itself when
/// a kept connection ends without an answer, and a write must never be. It also shows whether the request began to leave.
/// </summary>
internal sealed class OnceContent(ReadOnlyMemory<byte> bytes) : RequestContent
{
    private int _started;

    /// <summary>False: no connection was ready for this request, so the service has seen nothing of it.</summary>
    public bool Started => Volatile.Read(ref _started) != 0;

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        Begin();
        if (!bytes.IsEmpty) await stream.WriteAsync(bytes, cancellation).ConfigureAwait(false);
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation)
    {
        Begin();
        stream.Write(bytes.Span);
    }

    public override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }

    public override void Dispose()
    {
    }

    private void Begin()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0) throw new IOException("The HTTP stack tried to send one attempt twice.");
    }
}
