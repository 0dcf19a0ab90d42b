using DocumentFormat.OpenXml.Packaging;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>A workbook and its shared texts, each in a private temporary file that is gone when this is disposed.</summary>
internal sealed class XlsxFile : IAsyncDisposable
{
    private readonly PrivateCopy _copy;
    private OpenedWorkbook? _workbook;
    private SharedStrings? _strings;

    private XlsxFile(PrivateCopy copy) => _copy = copy;

    /// <summary>Whether the file has no bytes.</summary>
    public bool IsEmpty => new FileInfo(_copy.Path).Length == 0;

    /// <summary>Copies a file, which is compressed and can be read only from its end.</summary>
    public static async Task<XlsxFile> OpenAsync(Stream bytes, CancellationToken cancellation) => new(await PrivateCopy.OfAsync(bytes, cancellation));

    /// <summary>The bytes of a part, inflated.</summary>
    public static Stream Bytes(OpenXmlPart part) => part.GetStream(FileMode.Open, FileAccess.Read);

    /// <param name="most">Most inflated bytes of a part.</param>
    /// <param name="place">The source, for what is thrown.</param>
    /// <exception cref="InvalidDataException">It is not a workbook, or a part is missing.</exception>
    public OpenedWorkbook Open(long most, Place place) => _workbook = OpenedWorkbook.Open(
        new FileStream(_copy.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete), most, place);

    /// <summary>Reads the shared texts.</summary>
    public async Task<CellValues> ValuesAsync(OpenedWorkbook workbook, int most, Place place, CancellationToken cancellation)
    {
        if (workbook.Strings is { } strings) _strings = await SharedStrings.SpoolAsync(Bytes(strings), most, place, cancellation);
        return new CellValues(_strings, workbook.Formats, workbook.IsFrom1904);
    }

    public async ValueTask DisposeAsync()
    {
        _workbook?.Dispose();
        if (_strings is not null) await _strings.DisposeAsync();
        await _copy.DisposeAsync();
    }
}
