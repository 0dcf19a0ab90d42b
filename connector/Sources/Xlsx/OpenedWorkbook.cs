using System.Collections.Immutable;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">As its tab shows it.</param>
/// <param name="IsVisible">A person sees its tab.</param>
/// <param name="Rows">The part with its rows; null for charts, dialogs and macros, which have none.</param>
internal sealed record WorkbookSheet(string Name, bool IsVisible, WorksheetPart? Rows);

/// <summary>An open workbook, transitional or strict.</summary>
internal sealed class OpenedWorkbook : IDisposable
{
    private readonly WorkbookPackage _package;
    private readonly SpreadsheetDocument _document;

    private OpenedWorkbook(WorkbookPackage package, SpreadsheetDocument document, WorkbookPart part)
    {
        (_package, _document) = (package, document);
        Sheets = [.. SheetsOf(part)];
        Formats = NumberFormats.Read(part);
        Strings = part.SharedStringTablePart;
    }

    /// <summary>In the order of their tabs.</summary>
    public ImmutableArray<WorkbookSheet> Sheets { get; }

    /// <summary>Which formats of cells are dates.</summary>
    public NumberFormats Formats { get; }

    /// <summary>The texts that cells share; null when there are none.</summary>
    public SharedStringTablePart? Strings { get; }

    /// <summary>Dates are counted from 1904 and not from 1900.</summary>
    public bool IsFrom1904 { get; private set; }

    /// <param name="file">Seekable; closed with the workbook.</param>
    /// <param name="most">Most inflated bytes of a part.</param>
    /// <param name="place">The source, for what is thrown.</param>
    /// <exception cref="InvalidDataException">It is not a workbook, or a part is missing.</exception>
    public static OpenedWorkbook Open(Stream file, long most, Place place)
    {
        WorkbookPackage? package = null;
        SpreadsheetDocument? document = null;
        try
        {
            package = new WorkbookPackage(file, most, place);
            document = SpreadsheetDocument.Open(package, new OpenSettings { AutoSave = false });
            return new OpenedWorkbook(package, document, document.WorkbookPart ?? throw new InvalidDataException("There is no workbook."));
        }
        catch (Exception broken)
        {
            document?.Dispose();
            (package as IDisposable)?.Dispose();
            file.Dispose();
            // What the SDK throws for a part that is missing or in the wrong place.
            if (broken is not (OpenXmlPackageException or InvalidOperationException or ArgumentException)) throw;
            throw new InvalidDataException("The workbook is damaged.", broken);
        }
    }

    public void Dispose()
    {
        _document.Dispose();
        ((IDisposable)_package).Dispose();
    }

    private IEnumerable<WorkbookSheet> SheetsOf(WorkbookPart workbook)
    {
        using OpenXmlReader xml = OpenXmlReader.Create(workbook);
        while (xml.Read())
        {
            if (!xml.IsStartElement) continue;
            if (xml.ElementType == typeof(WorkbookProperties))
            {
                IsFrom1904 = xml.LoadCurrentElement() is WorkbookProperties { Date1904.Value: true };
            }

            if (xml.ElementType != typeof(Sheet) || xml.LoadCurrentElement() is not Sheet sheet) continue;
            OpenXmlPart part = sheet.Id?.Value is { } id && workbook.TryGetPartById(id, out OpenXmlPart? found)
                ? found : throw new InvalidDataException("A sheet has no part.");
            bool isVisible = sheet.State?.InnerText is null or "" or "visible";
            yield return new WorkbookSheet(sheet.Name?.Value ?? "", isVisible, part as WorksheetPart);
        }
    }
}
