namespace ProvisioningConnector.Sources.Streams;

/// <summary>Reads at most a number of bytes. What comes from a compressed file can be a thousand times as large as the file.</summary>
/// <param name="inner">What is read; closed with this stream.</param>
/// <param name="length">How many bytes it says that it has.</param>
/// <param name="most">Most bytes.</param>
/// <param name="tooLarge">Makes what is thrown at the first byte beyond.</param>
internal sealed class BoundedStream(Stream inner, long length, long most, Func<Exception> tooLarge) : ForwardStream
{
    private long _left = most;

    public override long Length => length;

    public override int Read(Span<byte> buffer) => Take(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Take(await inner.ReadAsync(buffer, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Take(int count)
    {
        _left -= count;
        return _left >= 0 ? count : throw tooLarge();
    }
}
