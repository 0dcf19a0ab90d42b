using System.IO.Compression;
using System.Security;
using System.Text;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>People as a workbook with one sheet: the smallest form of Office Open XML that spreadsheets open, streamed. All cells are text.</summary>
public static class ReadinessXlsx
{
    /// <summary>Rows that a sheet can hold, the header among them.</summary>
    private const int MostRows = 1_048_576;

    public static async Task WriteAsync(ReadinessReport report, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        await using ZipArchive archive = new(output, ZipArchiveMode.Create, leaveOpen: true);
        const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        const string Package = "http://schemas.openxmlformats.org/package/2006/";
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        await PartAsync(archive, "[Content_Types].xml",
            $"{Head}<Types xmlns=\"{Package}content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Kind}sheet.main+xml\"/>"
            + $"<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{Kind}worksheet+xml\"/></Types>", cancellation);
        await PartAsync(archive, "_rels/.rels", $"{Head}<Relationships xmlns=\"{Package}relationships\">"
            + $"<Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>", cancellation);
        await PartAsync(archive, "xl/workbook.xml", $"{Head}<workbook xmlns=\"{Sheet}\" xmlns:r=\"{Office}\"><sheets>"
            + "<sheet name=\"readiness\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>", cancellation);
        await PartAsync(archive, "xl/_rels/workbook.xml.rels", $"{Head}<Relationships xmlns=\"{Package}relationships\">"
            + $"<Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>", cancellation);
        await using Stream content = await archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(cancellation);
        await using StreamWriter writer = new(content, new UTF8Encoding(false)) { NewLine = "\n" };
        await writer.WriteLineAsync($"{Head}<worksheet xmlns=\"{Sheet}\"><sheetData>".AsMemory(), cancellation);
        await RowsAsync(report, writer, cancellation);
        await writer.WriteLineAsync("</sheetData></worksheet>".AsMemory(), cancellation);
    }

    private static async Task RowsAsync(ReadinessReport report, StreamWriter writer, CancellationToken cancellation)
    {
        await RowAsync(writer, ["tenant", .. PeopleColumns.Names, "keepUntil"], cancellation);
        string keepUntil = report.KeepUntil.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        int rows = 1;
        for (int i = 0; i < report.Tenants.Length; i++)
        {
            string tenant = PeopleColumns.Harmless(report.Tenants[i].Tenant.Name);
            await foreach (PersonEntry person in report.People(i, cancellation).WithCancellation(cancellation))
            {
                if (++rows > MostRows)
                {
                    throw new ProvisioningException("tooManyRows", $"A sheet holds {MostRows - 1} people at most.", "Write .csv or .json instead.");
                }

                await RowAsync(writer, [tenant, .. PeopleColumns.Cells(person), keepUntil], cancellation);
            }
        }
    }

    private static Task RowAsync(StreamWriter writer, IEnumerable<string> cells, CancellationToken cancellation)
    {
        StringBuilder row = new("<row>");
        foreach (string cell in cells)
        {
            row.Append("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">").Append(SecurityElement.Escape(cell)).Append("</t></is></c>");
        }

        return writer.WriteLineAsync(row.Append("</row>").ToString().AsMemory(), cancellation);
    }

    private static async Task PartAsync(ZipArchive archive, string name, string text, CancellationToken cancellation)
    {
        await using Stream content = await archive.CreateEntry(name).OpenAsync(cancellation);
        await content.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
    }
}
