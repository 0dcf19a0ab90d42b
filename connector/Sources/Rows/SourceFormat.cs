namespace ProvisioningConnector.Sources.Rows;

/// <summary>How a source is written (docs/sources.md#formats).</summary>
public enum SourceFormat
{
    /// <summary>Text with a header line; the delimiter is the header line's: comma, semicolon or tab.</summary>
    Csv,

    /// <summary>An Excel workbook (Office Open XML).</summary>
    Xlsx,

    /// <summary>One JSON array of objects.</summary>
    Json,

    /// <summary>One JSON object per line.</summary>
    Ndjson,

    /// <summary>The rows of a query in canonical form (see <c>Sql/</c>); no file has it, and no word of <c>--input</c> means it.</summary>
    Rows,
}

/// <summary>Names and file endings of the formats.</summary>
public static class SourceFormats
{
    /// <summary>The names that <c>--input</c> takes, for advice.</summary>
    public const string Names = "csv, xlsx, json, ndjson";

    /// <summary>Reads the word of <c>--input</c> or of a source's <c>Input</c> setting.</summary>
    public static bool TryParse(ReadOnlySpan<char> word, out SourceFormat format)
    {
        Span<char> lower = stackalloc char[8];
        word = word.Trim().TrimStart('.');
        format = default;
        if (word.Length > lower.Length || word.ToLowerInvariant(lower) < 0) return false;
        (bool known, format) = lower[..word.Length] switch
        {
            "csv" or "tsv" => (true, SourceFormat.Csv),
            "xlsx" or "xlsm" => (true, SourceFormat.Xlsx),
            "json" => (true, SourceFormat.Json),
            "ndjson" or "jsonl" => (true, SourceFormat.Ndjson),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>The format that a file's ending shows.</summary>
    public static bool TryOfPath(string path, out SourceFormat format)
    {
        ReadOnlySpan<char> ending = Path.GetExtension(path.AsSpan());
        if (ending.Equals(".txt", StringComparison.OrdinalIgnoreCase))
        {
            format = SourceFormat.Csv;
            return true;
        }

        format = default;
        return ending.Length > 1 && TryParse(ending, out format);
    }
}
