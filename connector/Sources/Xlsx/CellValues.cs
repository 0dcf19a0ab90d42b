using System.Globalization;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>What the type, style and content of a cell mean in one workbook (ECMA-376 part 1, 18.18.11).</summary>
/// <param name="strings">The workbook's shared texts; null when it has none.</param>
/// <param name="formats">Which styles are dates.</param>
/// <param name="isFrom1904">Dates are counted from 1904 and not from 1900.</param>
internal sealed class CellValues(SharedStrings? strings, NumberFormats formats, bool isFrom1904)
{
    private const int DaysTo1904 = 1_462;
    private const double FirstDayTooLate = 2_958_466;

    /// <exception cref="InvalidDataException">The cell names a shared text that is not there.</exception>
    public SheetCell Read(string type, int style, string? content)
    {
        if (content is null) return default;
        return type switch
        {
            "s" => Text(Shared(content)),
            "str" or "inlineStr" => Text(content),
            "n" when content.Length == 0 => default,
            "n" => formats.IsDate(style) ? Date(content) : Number(content),
            "b" => new SheetCell(SheetCellKind.Boolean, content is "1" or "true" ? "true" : "false"),
            "e" => new SheetCell(SheetCellKind.Error, content),
            "d" => new SheetCell(SheetCellKind.Date, content),
            _ => new SheetCell(SheetCellKind.Unreadable, content),
        };
    }

    private static SheetCell Text(string content) => new(SheetCellKind.Text, XlsxXml.Unescape(content));

    private static SheetCell Number(string content) => double.TryParse(content, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? new SheetCell(SheetCellKind.Number, number.ToString(null, CultureInfo.InvariantCulture))
        : new SheetCell(SheetCellKind.Unreadable, content);

    // A day before the first or after the last stays a number.
    private SheetCell Date(string content)
    {
        if (!double.TryParse(content, NumberStyles.Float, CultureInfo.InvariantCulture, out double days))
        {
            return new SheetCell(SheetCellKind.Unreadable, content);
        }

        if (isFrom1904) days += DaysTo1904;
        bool isInCalendar = days is >= 0 and < FirstDayTooLate;
        return new SheetCell(SheetCellKind.Date, isInCalendar ? DateTime.FromOADate(days).ToString("s", CultureInfo.InvariantCulture) : content);
    }

    private string Shared(string content) =>
        long.TryParse(content, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number)
        && strings is not null
            ? strings[number] : throw new InvalidDataException("A cell names a shared text that is not there.");
}
