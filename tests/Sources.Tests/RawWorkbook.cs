using System.IO.Compression;
using System.Text;

namespace ProvisioningConnector.Sources.Tests;

/// <summary>Makes workbooks part by part, sound ones and broken ones.</summary>
internal sealed class RawWorkbook
{
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    private readonly List<(string Name, string Xml)> _sheets = [];
    private readonly List<(string Name, string Content)> _parts = [];
    private readonly List<string> _relationships = [];

    /// <summary>Saved as "Strict Open XML Spreadsheet".</summary>
    public bool IsStrict { get; init; }

    /// <summary>Attributes of <c>workbookPr</c>.</summary>
    public string Properties { get; init; } = "";

    /// <summary>The namespace of spreadsheets.</summary>
    public string Main => IsStrict ? "http://purl.oclc.org/ooxml/spreadsheetml/main" : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private string Relations => IsStrict
        ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
        : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Adds a sheet with rows.</summary>
    public RawWorkbook Sheet(string name, string rows, string state = "visible") => Sheet(name, rows, state, "worksheet");

    /// <summary>Adds a sheet that has no rows.</summary>
    public RawWorkbook Chart(string name, string kind = "chartsheet") => Sheet(name, "", "visible", kind);

    /// <summary>Adds a sheet that leads to no part.</summary>
    public RawWorkbook Lost(string name)
    {
        _sheets.Add((name, $"<sheet name=\"{name}\" sheetId=\"{_sheets.Count + 1}\" r:id=\"lost\"/>"));
        return this;
    }

    /// <summary>Adds a part that the workbook leads to, such as <c>styles</c>; null leads to nothing.</summary>
    public RawWorkbook Related(string kind, string? content)
    {
        _relationships.Add($"<Relationship Id=\"{kind}\" Type=\"{Relations}/{kind}\" Target=\"{kind}.xml\"/>");
        return content is null ? this : Part($"xl/{kind}.xml", content);
    }

    /// <summary>Adds the texts that cells share; each is the content of an <c>si</c>.</summary>
    public RawWorkbook Strings(params string[] items) =>
        Related("sharedStrings", $"<sst xmlns=\"{Main}\">{string.Concat(items.Select(item => $"<si>{item}</si>"))}</sst>");

    /// <summary>Adds a file to the archive.</summary>
    public RawWorkbook Part(string name, string content)
    {
        _parts.Add((name, content));
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream file = new MemoryStream();
        using (ZipArchive zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" "
                + "Target=\"xl/workbook.xml\"/></Relationships>");
            Write(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\">"
                + $"<workbookPr {Properties}/><sheets>{string.Concat(_sheets.Select(sheet => sheet.Xml))}</sheets></workbook>");
            Write(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\">{string.Concat(_relationships)}</Relationships>");
            foreach ((string name, string content) in _parts) Write(zip, name, content);
        }

        return file.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string content)
    {
        using Stream part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(content));
    }

    private RawWorkbook Sheet(string name, string rows, string state, string kind)
    {
        int at = _sheets.Count;
        _sheets.Add((name, $"<sheet name=\"{name}\" sheetId=\"{at + 1}\" state=\"{state}\" r:id=\"s{at}\"/>"));
        _relationships.Add($"<Relationship Id=\"s{at}\" Type=\"{Relations}/{kind}\" Target=\"sheets/sheet{at}.xml\"/>");
        return Part($"xl/sheets/sheet{at}.xml", $"<{kind} xmlns=\"{Main}\"><sheetData>{rows}</sheetData></{kind}>");
    }
}
