namespace ProvisioningConnector.Host.Sources;

/// <summary>
/// The apostrophe that says "this cell is text" to a spreadsheet. Written before a value that a spreadsheet could run
/// as a formula, and not part of the value when read; so both ways together change nothing.
/// </summary>
internal static class SpreadsheetText
{
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <summary>The value as it may be written where spreadsheets open it.</summary>
    public static string Mark(string value) => IsRisky(value) ? "'" + value : value;

    /// <summary>The value without the mark.</summary>
    public static string Unmark(string cell) => cell is ['\'', ..] && IsRisky(cell) ? cell[1..] : cell;

    private static bool IsRisky(ReadOnlySpan<char> value) =>
        value.TrimStart('\'') is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal);
}
