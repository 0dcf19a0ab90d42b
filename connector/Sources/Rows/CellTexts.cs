using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>What makes a text unfit for any column, whatever the column means.</summary>
internal static class CellTexts
{
    /// <summary>Whether a text, its type or the name behind its prefix (<c>None:mobile</c>,
    /// <c>employeeId:nan</c>) is a word for a missing value; the row's fault says so.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text, SourceColumn column, RowFaultList faults)
    {
        int first = text.IndexOf(':'), last = text.LastIndexOf(':');
        ReadOnlySpan<char> word = MissingValueWords.Is(text) ? text
            : first >= 0 && MissingValueWords.Is(InvisibleCharacters.Trim(text[..last])) ? InvisibleCharacters.Trim(text[..last])
            : first >= 0 && MissingValueWords.Is(InvisibleCharacters.Trim(text[(first + 1)..])) ? InvisibleCharacters.Trim(text[(first + 1)..])
            : [];
        if (word.IsEmpty) return false;
        faults.Add(RowFaults.MissingValue(faults.At(column), column, word.ToString()));
        return true;
    }

    /// <summary>Whether a text can be taken as it looks; else the row's fault says why not.</summary>
    public static bool AreSeen(ReadOnlySpan<char> text, SourceColumn column, RowFaultList faults)
    {
        if (InvisibleCharacters.Find(text) is not { } sign) return true;
        faults.Add(RowFaults.Invisible(faults.At(column), sign));
        return false;
    }
}
