using System.Collections.Immutable;
using DocumentFormat.OpenXml.Packaging;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>The sheet that is read: the one with the given name, else the first with rows that a person sees.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Its part.</param>
/// <param name="Others">The other sheets as messages show them, in the order of their tabs.</param>
internal sealed record ChosenSheet(string Name, WorksheetPart Rows, ImmutableArray<string> Others)
{
    private const int MostNames = 10;
    private const int MostDigits = 8;

    /// <exception cref="SourceException">There is no such sheet, or it has no rows.</exception>
    public static ChosenSheet Choose(ImmutableArray<WorkbookSheet> sheets, string? name, Place place)
    {
        WorkbookSheet? chosen = name is null
            ? sheets.FirstOrDefault(static sheet => sheet is { IsVisible: true, Rows: not null })
                ?? sheets.FirstOrDefault(static sheet => sheet.Rows is not null)
            : sheets.FirstOrDefault(sheet => string.Equals(sheet.Name, name, StringComparison.OrdinalIgnoreCase));
        if (chosen is null) throw new SourceException(FileFaults.SheetMissing(place, Join([.. sheets.Select(Show)])));
        return chosen.Rows is { } rows
            ? new ChosenSheet(chosen.Name, rows, [.. sheets.Where(sheet => sheet != chosen).Select(Show)])
            : throw new SourceException(FileFaults.SheetWithoutRows(place, Join([.. sheets.Where(static sheet => sheet.Rows is not null).Select(Show)])));
    }

    /// <summary>Says which sheet is read where a person did not name it and there are others.</summary>
    public ImmutableArray<Diagnostic> Note(Place place, string? named) => named is not null || Others.IsEmpty
        ? []
        : [Diagnostic.Info("sheetChosen", $"The sheet {Quote(Name)} is read. The workbook also has: {Join(Others)}. Name another one with --sheet.", place)];

    /// <summary>Adds to a fault of the header or the rows which sheet it is about, where there are others.</summary>
    public SourceFault Explain(SourceFault fault) => Others.IsEmpty
        ? fault
        : fault with
        {
            Message = $"{fault.Message} The sheet {Quote(Name)} was read; the workbook also has: {Join(Others)}.",
            Advice = $"Name the right sheet with --sheet. {fault.Advice}",
        };

    private static string Show(WorkbookSheet sheet) =>
        Quote(sheet.Name) + (sheet.Rows is null ? " (no rows)" : "");

    // A name with so many digits could hold a phone number.
    private static string Quote(string name) =>
        name.Count(char.IsAsciiDigit) <= MostDigits ? $"'{InvisibleCharacters.Escape(name)}'" : "a sheet whose name looks like a number";

    private static string Join(ImmutableArray<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : "");
}
