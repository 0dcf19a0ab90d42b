using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>Which formats of a workbook's cells show a number as a date or time (ECMA-376 part 1, 18.8.30).</summary>
internal sealed class NumberFormats
{
    private readonly HashSet<uint> _dates = [];
    private readonly List<uint> _styles = [];

    private NumberFormats()
    {
    }

    /// <summary>Reads the workbook's styles; without styles there are no dates.</summary>
    public static NumberFormats Read(WorkbookPart workbook)
    {
        NumberFormats formats = new NumberFormats();
        if (workbook.WorkbookStylesPart is not { } styles) return formats;
        using OpenXmlReader xml = OpenXmlReader.Create(styles);
        bool isOfCells = false;
        while (xml.Read())
        {
            if (xml.ElementType == typeof(CellFormats)) isOfCells = xml.IsStartElement;
            else if (!xml.IsStartElement) continue;
            else if (isOfCells && xml.ElementType == typeof(CellFormat)) formats._styles.Add(Number(xml, "numFmtId") ?? 0);
            else if (xml.ElementType == typeof(NumberingFormat) && Number(xml, "numFmtId") is { } id && IsDate(Value(xml, "formatCode")))
            {
                formats._dates.Add(id);
            }
        }

        return formats;
    }

    /// <summary>Whether a cell's style (its <c>s</c>, an index) is a date's or a time's.</summary>
    public bool IsDate(int style)
    {
        if (style < 0 || style >= _styles.Count) return false;
        uint id = _styles[style];
        return id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) || _dates.Contains(id);
    }

    /// <summary>Whether a format's code has a letter of dates outside of quotes, escapes and brackets; <c>[h]</c> is a time.</summary>
    internal static bool IsDate(string code)
    {
        for (int at = 0; at < code.Length; at++)
        {
            switch (char.ToLowerInvariant(code[at]))
            {
                case '"':
                    at = End(code, at, '"');
                    break;
                case '[':
                    int end = End(code, at, ']');
                    if (code[(at + 1)..end].ToLowerInvariant() is "h" or "hh" or "m" or "mm" or "s" or "ss") return true;
                    at = end;
                    break;
                case '\\' or '_' or '*':
                    at++;
                    break;
                case 'y' or 'm' or 'd' or 'h' or 's':
                    return true;
            }
        }

        return false;
    }

    private static int End(string code, int start, char mark) => code.IndexOf(mark, start + 1) is var end and >= 0 ? end : code.Length;

    private static uint? Number(OpenXmlReader xml, string name) =>
        uint.TryParse(Value(xml, name), NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;

    private static string Value(OpenXmlReader xml, string name) =>
        xml.Attributes.FirstOrDefault(attribute => attribute.LocalName == name && attribute.NamespaceUri.Length == 0).Value ?? "";
}
