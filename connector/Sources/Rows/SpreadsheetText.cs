using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>
/// The apostrophe that says "this cell is text" to a spreadsheet. Written before a value that a spreadsheet could run
/// as a formula, and not part of the value when read; so both ways together change nothing.
/// </summary>
internal static class SpreadsheetText
{
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <summary>The value as it may be written where spreadsheets open it.</summary>
    public static string Mark(string value) => IsRisky(value) ? "'" + value : value;

    /// <summary>
    /// The same, but a phone number or a list of phones stays as it is: its plus sign begins no formula that comes to
    /// anything, and it is there to be copied and dialled.
    /// </summary>
    public static string MarkUnlessPhones(string value) => value is ['+', ..] && ArePhones(value) ? value : Mark(value);

    /// <summary>The value without the mark.</summary>
    public static string Unmark(string cell) => cell is ['\'', ..] && IsRisky(cell) ? cell[1..] : cell;

    private static bool ArePhones(string value) =>
        PhoneNumberReader.TryReadGraph(value, out _)
        || PhoneEntryReader.SplitList(value).All(entry => PhoneEntryReader.TryReadKept(entry, null, out _));

    private static bool IsRisky(ReadOnlySpan<char> value) =>
        value.TrimStart('\'') is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal);
}
