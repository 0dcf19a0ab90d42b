using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Host.Sources;

/// <summary>What makes a text unfit for any column, whatever the column means.</summary>
internal static class CellTexts
{
    /// <summary>Whether a text can be taken as it looks; else the row's fault says why not.</summary>
    public static bool AreSeen(ReadOnlySpan<char> text, SourceColumn column, RowFaultList faults)
    {
        if (InvisibleCharacters.Find(text) is not { } sign) return true;
        faults.Add(RowFaults.Invisible(faults.At(column), sign));
        return false;
    }
}
