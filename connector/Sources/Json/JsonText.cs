using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Json;

/// <summary>
/// A window on JSON text that goes forward record by record and grows only for a record that is larger than it,
/// up to the most a record may have.
/// </summary>
internal sealed class JsonText(Stream text, SourceOptions options) : IAsyncDisposable
{
    private const int FirstSize = 64 * 1024;

    private byte[] _window = new byte[FirstSize];
    private int _start;
    private int _end;

    /// <summary>All bytes are in the window.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Line of the window's first byte, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Bytes of that line before the window, for the place in malformed text.</summary>
    public long Column { get; private set; }

    /// <summary>What is there and not yet consumed.</summary>
    public ReadOnlyMemory<byte> Window => _window.AsMemory(_start, _end - _start);

    /// <summary>Gets more behind what is there; false at the end.</summary>
    /// <exception cref="SourceException">The record that begins the window is too large.</exception>
    public async ValueTask<bool> MoreAsync(CancellationToken cancellation)
    {
        if (AtEnd) return false;
        if (_end - _start > options.MaxRecordBytes) throw new SourceException(FileFaults.RecordTooLarge(new Place(options.Name, Line), options.MaxRecordBytes));
        MakeRoom();
        int count = await text.ReadAsync(_window.AsMemory(_end), cancellation);
        _end += count;
        AtEnd = count == 0;
        return !AtEnd;
    }

    /// <summary>Gets a whole line into the window; its length with its end, zero at the end.</summary>
    public async ValueTask<int> LineAsync(CancellationToken cancellation)
    {
        int looked = 0;
        while (true)
        {
            int found = Window.Span[looked..].IndexOf((byte)'\n');
            if (found >= 0) return looked + found + 1;
            looked = Window.Length;
            if (!await MoreAsync(cancellation)) return looked;
        }
    }

    /// <summary>Goes on behind the first bytes of the window.</summary>
    public void Consume(int count)
    {
        Span<byte> consumed = _window.AsSpan(_start, count);
        int lines = consumed.Count((byte)'\n');
        Line += lines;
        Column = lines == 0 ? Column + count : count - 1 - consumed.LastIndexOf((byte)'\n');
        _start += count;
    }

    /// <summary>The record in the first bytes of the window; reported with its place when it is malformed.</summary>
    public JsonDocument Parse(int count)
    {
        if (count > options.MaxRecordBytes) throw new SourceException(FileFaults.RecordTooLarge(new Place(options.Name, Line), options.MaxRecordBytes));
        try
        {
            return JsonDocument.Parse(Window[..count], new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException broken)
        {
            throw Malformed(broken);
        }
    }

    /// <summary>The file error for what a reader over the window found; its message is not repeated, since it quotes the text.</summary>
    public SourceException Malformed(JsonException broken)
    {
        (long line, long position) = (broken.LineNumber ?? 0, broken.BytePositionInLine ?? 0);
        return new SourceException(FileFaults.BrokenJson(new Place(options.Name, Line + line), line == 0 ? Column + position : position));
    }

    public ValueTask DisposeAsync() => text.DisposeAsync();

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _window.AsSpan(_start, _end - _start).CopyTo(_window);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _window.Length) Array.Resize(ref _window, _window.Length * 2);
    }
}
