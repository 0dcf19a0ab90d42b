using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ProvisioningConnector.Sources.Streams;

/// <summary>
/// Judges bytes that come in pieces: whether they are UTF-8 text, and if not, at which byte and line. Silent repair
/// would turn a name of someone into the name of no one, or of someone else.
/// </summary>
internal sealed class Utf8Check
{
    private readonly byte[] _pending = new byte[4];
    private int _pendingCount;
    private long _offset;
    private long _line = 1;

    /// <summary>Where the first byte stands that is not UTF-8; null so far.</summary>
    public (long Offset, long Line, byte Value)? Fault { get; private set; }

    /// <summary>Judges the next piece; an empty piece is the end.</summary>
    public bool Accepts(ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty) return _pendingCount == 0 || Refuse(_offset - _pendingCount, _line, _pending[0]);
        ReadOnlySpan<byte> rest = piece;
        while (_pendingCount > 0 && !rest.IsEmpty)
        {
            _pending[_pendingCount++] = rest[0];
            rest = rest[1..];
            _offset++;
            switch (Rune.DecodeFromUtf8(_pending.AsSpan(0, _pendingCount), out _, out _))
            {
                case OperationStatus.Done:
                    _pendingCount = 0;
                    break;
                case OperationStatus.NeedMoreData:
                    break;
                case OperationStatus.DestinationTooSmall or OperationStatus.InvalidData:
                    return Refuse(_offset - _pendingCount, _line, _pending[0]);
            }
        }

        int whole = rest.Length - IncompleteTail(rest);
        if (!Utf8.IsValid(rest[..whole]) || rest[..whole].Contains((byte)0)) return Locate(rest[..whole]);
        _line += rest.Count((byte)'\n');
        _offset += rest.Length;
        rest[whole..].CopyTo(_pending);
        if (whole < rest.Length) _pendingCount = rest.Length - whole;
        return true;
    }

    // How many last bytes begin a character that the next piece ends.
    private static int IncompleteTail(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            ReadOnlySpan<byte> tail = bytes[^back..];
            if ((tail[0] & 0xC0) == 0x80) continue;
            return Rune.DecodeFromUtf8(tail, out _, out _) == OperationStatus.NeedMoreData ? back : 0;
        }

        return 0;
    }

    private bool Locate(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (bytes[at] == 0 || Rune.DecodeFromUtf8(bytes[at..], out _, out int used) != OperationStatus.Done) break;
            if (bytes[at] == '\n') _line++;
            at += used;
        }

        return Refuse(_offset + at, _line, bytes[at]);
    }

    private bool Refuse(long offset, long line, byte value)
    {
        Fault = (offset, line, value);
        return false;
    }
}
