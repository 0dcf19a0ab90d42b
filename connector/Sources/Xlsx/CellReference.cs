using System.Globalization;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>A cell's name in a sheet, such as <c>AB12</c>.</summary>
internal static class CellReference
{
    /// <summary>Reads the column (from 0) and the row (from 1).</summary>
    public static bool TryParse(string? text, out int column, out long row)
    {
        (column, row) = (0, 0);
        if (text is null) return false;
        ReadOnlySpan<char> name = text.Replace("$", "", StringComparison.Ordinal).AsSpan();
        int letters = 0;
        while (letters < name.Length && letters < 3 && char.IsAsciiLetterUpper(name[letters])) column = (column * 26) + name[letters++] - 'A' + 1;
        column--;
        return letters > 0 && long.TryParse(name[letters..], NumberStyles.None, CultureInfo.InvariantCulture, out row);
    }
}
