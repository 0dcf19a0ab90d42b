using System.IO.Compression;
using System.Security;
using System.Text;

namespace ProvisioningConnector.Sources.Tests;

/// <summary>Makes small workbooks. A cell is the XML of a <c>c</c> element's content, or null for no cell.</summary>
internal static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    public static string Text(string value) => $"t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(value)}</t></is>";

    public static string Number(string value) => $"><v>{value}</v>";

    public static string Formula(string formula, string value) => $"t=\"str\"><f>{formula}</f><v>{value}</v>";

    public static string Date(int serial) => $"s=\"1\"><v>{serial}</v>";

    public static string Error() => "t=\"e\"><v>#N/A</v>";

    /// <summary>One sheet; rows with their numbers.</summary>
    public static byte[] Write(params (int Row, string?[] Cells)[] rows) => Write([("Sheet1", rows)]);

    public static byte[] Write((string Name, (int Row, string?[] Cells)[] Rows)[] sheets, int hidden = -1)
    {
        using MemoryStream file = new MemoryStream();
        using (ZipArchive zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" "
                + "ContentType=\"application/xml\"/><Default Extension=\"rels\" "
                + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" "
                + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
            Part(zip, "_rels/.rels",
                $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Part(zip, "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>" + string.Concat(sheets.Select((sheet, at) =>
                    $"<sheet name=\"{sheet.Name}\" sheetId=\"{at + 1}\"{(at == hidden ? " state=\"hidden\"" : "")} r:id=\"s{at}\"/>"))
                + "</sheets></workbook>");
            Part(zip, "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"st\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/>"
                + string.Concat(sheets.Select((_, at) => $"<Relationship Id=\"s{at}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"))
                + "</Relationships>");
            Part(zip, "xl/styles.xml",
                $"<styleSheet xmlns=\"{Main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
            for (int at = 0; at < sheets.Length; at++) Part(zip, $"xl/worksheets/sheet{at}.xml", Sheet(sheets[at].Rows));
        }

        return file.ToArray();
    }

    private static string Sheet((int Row, string?[] Cells)[] rows) =>
        $"<worksheet xmlns=\"{Main}\"><sheetData>" + string.Concat(rows.Select(row => $"<row r=\"{row.Row}\">"
            + string.Concat(row.Cells.Select((cell, at) => cell is null ? "" : $"<c r=\"{(char)('A' + at)}{row.Row}\" {cell}</c>")) + "</row>"))
        + "</sheetData></worksheet>";

    private static void Part(ZipArchive zip, string name, string xml)
    {
        using Stream part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(xml));
    }
}
