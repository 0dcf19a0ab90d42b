using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Csv;

/// <summary>
/// Finds the delimiter of the header line (docs/sources.md#formats): of comma, semicolon and tab the one under which a <c>user</c>
/// column shows and most names are known. Nothing else of the file is looked at, since cells hold lists with <c>;</c>.
/// </summary>
internal static class CsvDelimiter
{
    private static readonly ImmutableArray<char> Candidates = [',', ';', '\t'];

    /// <summary>The delimiter of the first line that is not blank.</summary>
    public static char Detect(ReadOnlySpan<byte> start, SourceOptions options)
    {
        string header = FirstRecord(Encoding.UTF8.GetString(start));
        if (HintOf(header) is { } hint) return hint;
        return Candidates.MaxBy(candidate => Score(Split(header, candidate), options));
    }

    /// <summary>Excel's first line <c>sep=;</c>, which names the delimiter and is no header.</summary>
    public static char? HintOf(string line)
    {
        string text = line.Trim(' ', '"', '\r', '\n');
        return text.Length == 5 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && Candidates.Contains(text[4]) ? text[4] : null;
    }

    private static int Score(List<string> names, SourceOptions options)
    {
        int score = names.Count > 1 ? 1 : 0;
        foreach (string name in names)
        {
            if (SourceColumns.TryParse(name, out SourceColumn column)) score += column == SourceColumn.User ? 1000 : 10;
            else if (name.Length > 0 && SourceHeader.IsIgnored(name, options)) score += 10;
        }

        return score;
    }

    // Up to the first line break outside quotes, after blank lines.
    private static string FirstRecord(string text)
    {
        text = text.TrimStart('\r', '\n');
        bool quoted = false;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '"') quoted = !quoted;
            else if (text[at] is '\r' or '\n' && !quoted) return text[..at];
        }

        return text;
    }

    private static List<string> Split(string header, char delimiter)
    {
        List<string> names = new List<string>();
        bool quoted = false;
        int start = 0;
        for (int at = 0; at <= header.Length; at++)
        {
            if (at < header.Length && header[at] == '"') quoted = !quoted;
            if (at < header.Length && (quoted || header[at] != delimiter)) continue;
            names.Add(InvisibleCharacters.Trim(InvisibleCharacters.Trim(header[start..at]).Trim('"')));
            start = at + 1;
        }

        return names;
    }
}
