using System.Security.Cryptography;

namespace ProvisioningConnector.Sources.Streams;

/// <summary>Reads a stream and digests what goes by (SHA-256), so that a source is read once and still has an identity.</summary>
internal sealed class HashingStream(Stream inner) : ForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The digest of all bytes read; null before the end of the stream was seen.</summary>
    public string? Sha256 { get; private set; }

    public override int Read(Span<byte> buffer) => Digest(buffer, inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await inner.ReadAsync(buffer, cancellationToken);
        return Digest(buffer.Span, count);
    }

    /// <summary>Reads what a parser left unread, so that the digest is of all bytes.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        byte[] rest = new byte[16 * 1024];
        while (Sha256 is null && await ReadAsync(rest, cancellation) > 0)
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Digest(ReadOnlySpan<byte> buffer, int count)
    {
        if (Sha256 is not null) return count;
        if (count > 0) _hash.AppendData(buffer[..count]);
        else if (buffer.Length > 0) Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        return count;
    }
}
