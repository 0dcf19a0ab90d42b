using System.Buffers;
using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>What the service answered. The body lies in a rented buffer: nothing may point into it after <see cref="Dispose"/>.</summary>
internal sealed class GraphReply(int status, string requestId) : IDisposable
{
    private byte[]? _rented;
    private int _length;

    public int Status { get; } = status;

    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>The service's request id, or ours when it gave none.</summary>
    public string RequestId { get; } = requestId;

    public ThrottleSignal Signal { get; init; }

    public string? Location { get; init; }

    /// <summary>As the answer shows it, parameters and all; null without one.</summary>
    public string? ContentType { get; init; }

    /// <summary>Challenge of a 401.</summary>
    public string? Challenge { get; init; }

    /// <summary>Why the body could not be read to its end; null when it was.</summary>
    public string? BodyProblem { get; set; }

    public ReadOnlyMemory<byte> Body => _rented.AsMemory(0, _length);

    public void Take(byte[] rented, int length)
    {
        _rented = rented;
        _length = length;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } buffer) ArrayPool<byte>.Shared.Return(buffer);
        _length = 0;
    }
}
