using Microsoft.Win32.SafeHandles;

namespace ProvisioningConnector.Sources.Streams;

/// <summary>Reads pieces of a file in any order. The pages used last are in memory, 2 MiB at most; not for several threads at once.</summary>
internal sealed class PagedFile : IDisposable
{
    private const int PageSize = 64 * 1024;
    private const int PageCount = 32;

    private readonly SafeFileHandle _file;
    private readonly Page[] _pages = [.. Enumerable.Range(0, PageCount).Select(static _ => new Page())];

    public PagedFile(string path) =>
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess);

    /// <summary>Fills the buffer with the bytes at an offset.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public void Read(long offset, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            (long number, long within) = Math.DivRem(offset, PageSize);
            Page page = PageOf(number);
            int count = Math.Min(page.Length - (int)within, buffer.Length);
            if (count <= 0) throw new EndOfStreamException($"The file ends before byte {offset}.");
            page.Bytes.AsSpan((int)within, count).CopyTo(buffer);
            buffer = buffer[count..];
            offset += count;
        }
    }

    public void Dispose() => _file.Dispose();

    private Page PageOf(long number)
    {
        Page page = _pages[number % PageCount];
        if (page.Number == number) return page;
        page.Number = -1;
        page.Length = 0;
        while (page.Length < PageSize)
        {
            int count = RandomAccess.Read(_file, page.Bytes.AsSpan(page.Length), (number * PageSize) + page.Length);
            if (count == 0) break;
            page.Length += count;
        }

        page.Number = number;
        return page;
    }

    private sealed class Page
    {
        public long Number { get; set; } = -1;

        public byte[] Bytes { get; } = new byte[PageSize];

        public int Length { get; set; }
    }
}
