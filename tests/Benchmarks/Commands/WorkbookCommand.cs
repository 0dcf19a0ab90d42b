using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary><c>workbook</c>: peak resident memory of reading a workbook whose texts are all shared and all different, beside that of a tenth of it.</summary>
internal static class WorkbookCommand
{
    // The collector's young generation grows with the time that a process runs.
    private const int MostMoreMegabytes = 16;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        int rows = arguments.Whole("rows", 1_000_000);
        double small = await PeakAsync(rows / 10);
        double large = await PeakAsync(rows);
        bool reached = large - small <= MostMoreMegabytes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{large:N0} MB over {rows:N0} rows, {small:N0} MB over a tenth of them: {(reached ? "reached" : "MISSED")} "
            + $"(at most {MostMoreMegabytes} MB more)"));
        return reached ? 0 : 1;
    }

    private static async Task<double> PeakAsync(int rows)
    {
        string path = Path.Combine(Path.GetTempPath(), $"provision-benchmark-{Guid.NewGuid():N}.xlsx");
        try
        {
            await WriteAsync(path, rows);
            long started = Stopwatch.GetTimestamp();
            await using ISource source = await SourceFile.OpenAsync(path, new SourceOptions("benchmark"), () => Stream.Null, CancellationToken.None);
            long valid = 0;
            await foreach (SourceRow row in source.RowsAsync(CancellationToken.None))
            {
                if (row.IsValid) valid++;
            }

            if (valid != rows) throw new InvalidOperationException("Rows were lost.");
            using Process self = Process.GetCurrentProcess();
            double peak = self.PeakWorkingSet64 / 1048576d;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rows:N0} rows, {new FileInfo(path).Length >> 20:N0} MB: {peak:N0} MB peak, {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s"));
            return peak;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task WriteAsync(string path, int rows)
    {
        await using ZipArchive zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create);
        await PartAsync(zip, "_rels/.rels", [$"<Relationships xmlns=\"{Package}\"><Relationship Id=\"b\" Type=\"{Office}/officeDocument\" "
            + "Target=\"xl/workbook.xml\"/></Relationships>"]);
        await PartAsync(zip, "xl/workbook.xml", [$"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"People\" sheetId=\"1\" "
            + "r:id=\"s\"/></sheets></workbook>"]);
        await PartAsync(zip, "xl/_rels/workbook.xml.rels",
            [$"<Relationships xmlns=\"{Package}\"><Relationship Id=\"s\" Type=\"{Office}/worksheet\" Target=\"sheet.xml\"/>",
                $"<Relationship Id=\"t\" Type=\"{Office}/sharedStrings\" Target=\"strings.xml\"/></Relationships>"]);
        await PartAsync(zip, "xl/strings.xml",
            Enumerable.Range(0, rows).Select(static row => Invariant($"<si><t>user{row}@contoso.com</t></si><si><t>+1 206{row:D7}</t></si>"))
                .Prepend($"<sst xmlns=\"{Main}\"><si><t>user</t></si><si><t>mobile</t></si>").Append("</sst>"));
        await PartAsync(zip, "xl/sheet.xml",
            Enumerable.Range(0, rows + 1).Select(static row => Invariant(
                    $"<row r=\"{row + 1}\"><c r=\"A{row + 1}\" t=\"s\"><v>{2 * row}</v></c><c r=\"B{row + 1}\" t=\"s\"><v>{(2 * row) + 1}</v></c></row>"))
                .Prepend($"<worksheet xmlns=\"{Main}\"><sheetData>").Append("</sheetData></worksheet>"));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static async Task PartAsync(ZipArchive zip, string name, IEnumerable<string> pieces)
    {
        await using StreamWriter writer = new(await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(), new UTF8Encoding(false));
        foreach (string piece in pieces) await writer.WriteAsync(piece);
    }
}
