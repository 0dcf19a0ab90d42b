using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>Errors of a source as a whole: nothing of it is used (docs/sources.md).</summary>
public static class SourceCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("sourceMissing", Error, "There is neither a file nor a configured source of that name."),
        new("sourceNotFound", Error, "There is no such file."),
        new("sourceIsFolder", Error, "The path is a folder."),
        new("sourceUnreadable", Error, "The file cannot be read."),
        new("sourceEmpty", Error, "The file is empty."),
        new("noValidRow", Error, "No row is valid."),
        new("formatUnknown", Error, "The format is not known from the name; give it."),
        new("formatWrong", Error, "The file is of another format."),
        new("formatOfQuery", Error, "A query has neither format nor sheets."),
        new("unknownFormat", Error, "There is no such format."),
        new("notUtf8", Error, "The file is not UTF-8 text."),
        new("headerMissing", Error, "There is no header."),
        new("headerTypeLine", Error, "The file begins with a #TYPE line."),
        new("delimiterUnsupported", Error, "The file names a delimiter that is not supported."),
        new("userColumnMissing", Error, "There is no column that names users."),
        new("columnUnknown", Error, "A column is not known."),
        new("columnDuplicate", Error, "A column is there twice."),
        new("recordTooLarge", Error, "A record is too large."),
        new("csvMalformed", Error, "The CSV is malformed."),
        new("jsonMalformed", Error, "The JSON is malformed."),
        new("jsonNotArray", Error, "The file is not an array of objects."),
        new("jsonNotObject", Error, "A record is not an object."),
        new("workbookUnreadable", Error, "The workbook cannot be read."),
        new("workbookRowTwice", Error, "The workbook has a row twice."),
        new("workbookCellTwice", Error, "The workbook has a cell twice."),
        new("workbookTooLarge", Error, "A part of the workbook is too large."),
        new("sheetMissing", Error, "The workbook has no such sheet."),
        new("sqlFailed", Error, "The query did not run to its end."),
        new("sqlForbidden", Error, "The account may not run the query."),
        new("sqlLocked", Error, "The database is locked by another program."),
        new("sqlMalformed", Error, "The query is not valid."),
        new("sqlNoColumns", Error, "The query returns no columns."),
        new("sqlRefused", Error, "The database refuses the account."),
        new("sqlSeveralResults", Error, "The query has more than one statement."),
        new("sqlTimeout", Error, "The database returned no row in time."),
        new("sqlUnreachable", Error, "The database cannot be reached."),
        new("sqlWrites", Error, "The query would write."),
    ];
}
