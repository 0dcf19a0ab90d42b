using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>The words of every file error (docs/sources.md#file-errors): what, where, why, and what to do. No cell's content is repeated.</summary>
internal static class FileFaults
{
    public static SourceFault Missing(Place place) =>
        new("sourceNotFound", "There is no such file.", "Check the path; relative paths start at the current folder.", place);

    public static SourceFault Directory(Place place) =>
        new("sourceIsFolder", "This is a folder, not a file.", "Name the file in it.", place);

    public static SourceFault Unreadable(Place place, string why) =>
        new("sourceUnreadable", $"The file cannot be read: {why}", "Check its permissions and whether another program holds it.", place);

    public static SourceFault Empty(Place place) =>
        new("sourceEmpty", "The file is empty.", "Check that the export finished. Nothing is deleted because of an empty file.", place);

    public static SourceFault UnknownFormat(Place place) =>
        new("formatUnknown", "The file's extension does not show its format.", $"Name it with --input FORMAT: {SourceFormats.Names}.", place);

    public static SourceFault FormatNeeded(Place place) =>
        new("formatUnknown", "The format of standard input is unknown.", $"Name it with --input FORMAT: {SourceFormats.Names}.", place);

    public static SourceFault Utf16(Place place) =>
        new("notUtf8", "The file is UTF-16 text, not UTF-8.",
            "Save it as \"CSV UTF-8\" (Excel: Save As, file type CSV UTF-8), or convert it: iconv -f UTF-16 -t UTF-8.", place);

    public static SourceFault NotUtf8(Place place, long offset, byte value) => value == 0
        ? new("notUtf8", $"The file is not text: byte {offset} (counted from 0) is zero.", "Check that it is the right file; save text as UTF-8.", place)
        : new(
            "notUtf8",
            $"The file is not UTF-8: byte {offset} (counted from 0) is 0x{value:X2}.",
            "Save it as \"CSV UTF-8\"; a file of Windows-1252 is converted by: iconv -f WINDOWS-1252 -t UTF-8.",
            place);

    public static SourceFault IsArchive(Place place) =>
        new("formatWrong", "The file is a workbook or another archive, not text.", "Read it with --input xlsx, or name it with the ending .xlsx.", place);

    public static SourceFault TypeLine(Place place) =>
        new("headerTypeLine", "The file begins with the #TYPE line of PowerShell's Export-Csv, and not with a header.",
            "Export it with -NoTypeInformation, or delete that line.", place);

    public static SourceFault DelimiterLine(Place place) =>
        new("delimiterUnsupported", "The file begins with Excel's line sep=, which names a delimiter that is not read here.",
            "Save the file with comma, semicolon or tab between the cells, and delete that line.", place);

    public static SourceFault RowTwice(Place place) =>
        new("workbookRowTwice", "The workbook has this row number twice, so one of the rows would be lost.",
            "Save it again with Excel or LibreOffice, or export CSV UTF-8. Nothing of the file was used.", place);

    public static SourceFault CellTwice(Place place) =>
        new("workbookCellTwice", "The row has a cell twice, or a cell of another row, so it is ambiguous which value applies.",
            "Save the workbook again with Excel or LibreOffice, or export CSV UTF-8; nothing of the file was used.", place);

    public static SourceFault WorkbookTooLarge(Place place, long most) =>
        new("workbookTooLarge", $"A part of the workbook is larger than {most} bytes when it is inflated.",
            "Check that it is the right file; split the list, or export CSV UTF-8.", place);

    public static SourceFault HeaderMissing(Place place) =>
        new("headerMissing", "There is no header.", "Let the first line name the columns, such as: user,mobile,office.", place);

    public static SourceFault NoUserColumn(Place place, string? nearest) =>
        new(
            "userColumnMissing",
            "No column names the user." + (nearest is null ? "" : $" Did you mean {nearest}?"),
            "Give the header a column user (or upn, userPrincipalName, id); the delimiter is a comma, semicolon or tab.",
            place);

    public static SourceFault DuplicateColumn(Place place, string first, string second) =>
        new(
            "columnDuplicate",
            string.Equals(first, second, StringComparison.Ordinal)
                ? $"The column '{first}' occurs twice."
                : $"The columns '{first}' and '{second}' mean the same.",
            "Remove or rename one of them; --ignore-columns leaves a column out by its name.",
            place);

    public static SourceFault UnlistedColumn(Place place, string shown, string? nearest) =>
        new(
            "columnUnknown",
            $"{shown} is not a known column." + (nearest is null ? "" : $" Did you mean {nearest}?"),
            "Correct the name; name a column to ignore in --ignore-columns.",
            place);

    public static SourceFault InvisibleInName(Place place, string shown, InvisibleCharacter sign) =>
        new(InvisibleCharacter.Code, $"{shown} has {sign} in it.", "Remove it, or type the name again instead of pasting it.", place);

    public static SourceFault HalfCharacter(Place place) =>
        new(InvisibleCharacter.Code, "A property's name holds half a surrogate pair, which is not a character.",
            "Write the name again; the names of columns are plain letters.", place);

    public static SourceFault RecordTooLarge(Place place, int most) =>
        new(
            "recordTooLarge",
            $"The record is larger than {most} bytes.",
            "Look for a quote that is never closed, or for the wrong file.",
            place);

    public static SourceFault BrokenQuotes(Place place, bool unclosed) =>
        new(
            "csvMalformed",
            unclosed ? "A quote opens here that is never closed." : "Text follows a closing quote, so it is ambiguous where this record ends.",
            "Write a quote inside a quoted cell twice (\"\"), and quote whole cells only.",
            place);

    public static SourceFault BrokenJson(Place place, long position) =>
        new("jsonMalformed", $"The JSON is malformed at byte {position} of this line.", "Check it with a JSON tool; nothing of the file was used.", place);

    public static SourceFault CutOff(Place place) =>
        new("jsonMalformed", "The JSON array is not closed: the file ends too early.",
            "Check that the export finished; nothing of the file was used.", place);

    public static SourceFault NotAnArray(Place place) =>
        new("jsonNotArray", "The file is not a JSON array of objects.", "Write [{\"user\": …}, …], or one object per line and --input ndjson.", place);

    public static SourceFault NotAnObject(Place place) =>
        new("jsonNotObject", "A record is not a JSON object.", "Write each record as {\"user\": …}.", place);

    public static SourceFault BrokenWorkbook(Place place) =>
        new("workbookUnreadable", "The workbook cannot be read: it is damaged, protected by a password, or no .xlsx file.",
            "Save it again as .xlsx without a password, or export CSV UTF-8.", place);

    public static SourceFault SheetMissing(Place place, string sheets) =>
        new("sheetMissing", $"There is no such sheet; the workbook has: {sheets}.", "Name one of them with --sheet.", place);

    public static SourceFault SheetWithoutRows(Place place, string sheets) =>
        new("sheetMissing", $"The sheet is a chart, a dialog or a macro sheet and has no rows; the workbook has: {sheets}.",
            "Name one of them with --sheet.", place);

    public static SourceFault Changed(Place place) =>
        new("sourceChanged", "The file changed while it was in use.", "Run again when no process writes to it.", place);

    public static SourceFault NoRows(Place place) =>
        new("noValidRow", "There is no row below the header.",
            "Check that the export finished. Nothing is deleted because of an empty file.", place);

    public static SourceFault NoValidRow(Place place, long rows) =>
        new("noValidRow", $"None of the {rows} rows is valid.", "Correct the rows; the first errors are listed.", place);
}
