using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>
/// The texts that the cells of a workbook share, in a private temporary file: a list of a million users has two million of them. Cells name them by
/// number, mostly in ascending order.
/// </summary>
internal sealed class SharedStrings : IAsyncDisposable
{
    // Where every 64th text begins is in memory; the others are found from there.
    private const int Stride = 64;

    private readonly PrivateCopy _copy;
    private readonly PagedFile _file;
    private readonly List<long> _starts;
    private readonly long _count;

    private SharedStrings(PrivateCopy copy, List<long> starts, long count) => (_copy, _file, _starts, _count) = (copy, new PagedFile(copy.Path), starts, count);

    /// <summary>Reads the part to its end.</summary>
    /// <param name="part">The part's bytes; closed at the end.</param>
    /// <param name="most">Most characters of a text.</param>
    /// <param name="place">The source, for what is thrown.</param>
    /// <param name="cancellation">Ends the reading; nothing is left then.</param>
    public static async Task<SharedStrings> SpoolAsync(Stream part, int most, Place place, CancellationToken cancellation)
    {
        List<long> starts = [];
        long count = 0;
        PrivateCopy copy = await PrivateCopy.WriteAsync(
            (file, stop) =>
            {
                foreach (string text in Texts(part, most, place))
                {
                    if (count++ % Stride == 0)
                    {
                        stop.ThrowIfCancellationRequested();
                        starts.Add(file.Position);
                    }

                    Write(file, text);
                }

                return Task.CompletedTask;
            },
            cancellation);
        return new SharedStrings(copy, starts, count);
    }

    /// <summary>The text of a number, from 0.</summary>
    /// <exception cref="InvalidDataException">There is no such text.</exception>
    public string this[long number]
    {
        get
        {
            if (number < 0 || number >= _count) throw new InvalidDataException("A cell names a shared text that is not there.");
            long at = _starts[(int)(number / Stride)];
            for (long skipped = number % Stride; skipped > 0; skipped--) at += sizeof(int) + Length(at);
            byte[] text = new byte[Length(at)];
            _file.Read(at + sizeof(int), text);
            return Encoding.UTF8.GetString(text);
        }
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return _copy.DisposeAsync();
    }

    private static IEnumerable<string> Texts(Stream part, int most, Place place)
    {
        using XlsxXml xml = new XlsxXml(part, "sst");
        while (xml.Read())
        {
            if (xml.IsStart("si")) yield return xml.Text(most, place);
        }
    }

    private static void Write(Stream file, string text)
    {
        byte[] entry = ArrayPool<byte>.Shared.Rent(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        int length = Encoding.UTF8.GetBytes(text, entry.AsSpan(sizeof(int)));
        BinaryPrimitives.WriteInt32LittleEndian(entry, length);
        file.Write(entry, 0, sizeof(int) + length);
        ArrayPool<byte>.Shared.Return(entry, clearArray: true);
    }

    private int Length(long at)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        _file.Read(at, length);
        return BinaryPrimitives.ReadInt32LittleEndian(length);
    }
}
