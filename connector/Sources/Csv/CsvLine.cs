using System.Buffers;
using System.Text;

namespace ProvisioningConnector.Sources.Csv;

/// <summary>Writes one record of CSV (RFC 4180).</summary>
internal static class CsvLine
{
    private static readonly SearchValues<char> Quotable = SearchValues.Create("\",;\t\r\n");

    /// <summary>The line with its end. Cells are quoted where any of the three delimiters could be mistaken.</summary>
    public static string Format(IEnumerable<string> cells, char delimiter)
    {
        StringBuilder line = new StringBuilder();
        bool first = true;
        foreach (string cell in cells)
        {
            if (!first) line.Append(delimiter);
            Append(line, cell);
            first = false;
        }

        return line.Append("\r\n").ToString();
    }

    private static void Append(StringBuilder line, string cell)
    {
        if (cell.Length == 0) return;
        bool quoted = cell.AsSpan().ContainsAny(Quotable) || char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1]);
        if (!quoted)
        {
            line.Append(cell);
            return;
        }

        line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
