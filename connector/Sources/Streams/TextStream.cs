using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Streams;

/// <summary>
/// The bytes of a text file, checked to be UTF-8 on their way and freed of a byte order mark. Reading throws
/// <see cref="SourceException"/> at the first byte that is not.
/// </summary>
internal sealed class TextStream(Stream inner, string source) : ForwardStream
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly Utf8Check _check = new();
    private readonly byte[] _head = new byte[4];
    private int _headCount = -1;
    private int _headAt;

    public override int Read(Span<byte> buffer)
    {
        if (_headCount < 0) Begin(inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false));
        return TakeHead(buffer) is var head and > 0 ? head : Checked(buffer, inner.Read(buffer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_headCount < 0) Begin(await inner.ReadAtLeastAsync(_head, _head.Length, throwOnEndOfStream: false, cancellationToken));
        if (TakeHead(buffer.Span) is var head and > 0) return head;
        int count = await inner.ReadAsync(buffer, cancellationToken);
        return Checked(buffer.Span, count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Begin(int count)
    {
        Span<byte> head = _head.AsSpan(0, count);
        if (count == 0) throw new SourceException(FileFaults.Empty(new Place(source)));
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || LooksWide(head))
        {
            throw new SourceException(FileFaults.Utf16(new Place(source)));
        }

        if (head.StartsWith("PK\u0003\u0004"u8)) throw new SourceException(FileFaults.IsArchive(new Place(source)));
        _headCount = count;
        _headAt = head.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        Check(head);
        if (_headAt == count && count < _head.Length) throw new SourceException(FileFaults.Empty(new Place(source)));
    }

    // UTF-16 without a mark: every other byte of what is mostly Latin text is zero.
    private static bool LooksWide(ReadOnlySpan<byte> head) =>
        head is [0, not 0, 0, not 0] or [not 0, 0, not 0, 0];

    private int TakeHead(Span<byte> buffer)
    {
        int count = Math.Min(_headCount - _headAt, buffer.Length);
        _head.AsSpan(_headAt, count).CopyTo(buffer);
        _headAt += count;
        return count;
    }

    private int Checked(ReadOnlySpan<byte> buffer, int count)
    {
        if (buffer.Length > 0) Check(buffer[..count]);
        return count;
    }

    private void Check(ReadOnlySpan<byte> piece)
    {
        if (_check.Accepts(piece)) return;
        (long offset, long line, byte value) = _check.Fault ?? throw new InvalidOperationException("A refusal without its place.");
        throw new SourceException(FileFaults.NotUtf8(new Place(source, line), offset, value));
    }
}
