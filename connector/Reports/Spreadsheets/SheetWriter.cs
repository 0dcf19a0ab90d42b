using System.IO.Compression;
using System.Security;
using System.Text;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Reports.Spreadsheets;

/// <summary>A workbook with one sheet: the smallest form of Office Open XML that spreadsheets open, streamed. All cells are text.</summary>
public sealed class SheetWriter : IAsyncDisposable
{
    /// <summary>Rows that a sheet can hold, the header among them.</summary>
    private const int MostRows = 1_048_576;

    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private readonly ZipArchive _archive;
    private readonly StreamWriter _rows;
    private int _written;

    private SheetWriter(ZipArchive archive, StreamWriter rows) => (_archive, _rows) = (archive, rows);

    /// <summary>Begins a workbook.</summary>
    /// <param name="output">Stays open.</param>
    /// <param name="sheet">Name of the sheet; letters only.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<SheetWriter> CreateAsync(Stream output, string sheet, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        ZipArchive archive = new(output, ZipArchiveMode.Create, leaveOpen: true);
        await PartAsync(archive, "[Content_Types].xml",
            $"{Head}<Types xmlns=\"{Package}content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Kind}sheet.main+xml\"/>"
            + $"<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{Kind}worksheet+xml\"/></Types>", cancellation);
        await PartAsync(archive, "_rels/.rels", $"{Head}<Relationships xmlns=\"{Package}relationships\">"
            + $"<Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>", cancellation);
        await PartAsync(archive, "xl/workbook.xml", $"{Head}<workbook xmlns=\"{Sheet}\" xmlns:r=\"{Office}\"><sheets>"
            + $"<sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>", cancellation);
        await PartAsync(archive, "xl/_rels/workbook.xml.rels", $"{Head}<Relationships xmlns=\"{Package}relationships\">"
            + $"<Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>", cancellation);
        Stream content = await archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(cancellation);
        StreamWriter rows = new(content, new UTF8Encoding(false)) { NewLine = "\n" };
        await rows.WriteLineAsync($"{Head}<worksheet xmlns=\"{Sheet}\"><sheetData>".AsMemory(), cancellation);
        return new SheetWriter(archive, rows);
    }

    /// <summary>One row of texts.</summary>
    /// <exception cref="ProvisioningException">A sheet holds no more rows.</exception>
    public async ValueTask WriteAsync(IEnumerable<string> cells, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (++_written > MostRows)
        {
            throw new ProvisioningException("tooManyRows", $"A sheet holds {MostRows - 1} people at most.", "Write .csv or .json instead.");
        }

        StringBuilder row = new("<row>");
        foreach (string cell in cells)
        {
            row.Append("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">").Append(SecurityElement.Escape(cell)).Append("</t></is></c>");
        }

        await _rows.WriteLineAsync(row.Append("</row>").ToString().AsMemory(), cancellation);
    }

    /// <summary>Completes the workbook.</summary>
    public async ValueTask DisposeAsync()
    {
        await _rows.WriteLineAsync("</sheetData></worksheet>");
        await _rows.DisposeAsync();
        await _archive.DisposeAsync();
    }

    private static async Task PartAsync(ZipArchive archive, string name, string text, CancellationToken cancellation)
    {
        await using Stream content = await archive.CreateEntry(name).OpenAsync(cancellation);
        await content.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
    }
}
