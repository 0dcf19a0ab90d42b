using System.Collections.Immutable;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>
/// The rows of one sheet of a workbook. The file and the texts that its cells share are in private temporary files, so that a million rows need
/// no more memory than one. Hidden rows count: hiding is not removing.
/// </summary>
internal sealed class XlsxRecords : RecordReader
{
    private readonly XlsxFile _file;
    private readonly SheetReader _sheet;
    private readonly SourceOptions _options;
    private readonly ChosenSheet _chosen;
    private SourceHeader? _header;

    private XlsxRecords(XlsxFile file, SheetReader sheet, ChosenSheet chosen, SourceOptions options) =>
        (_file, _sheet, _chosen, _options) = (file, sheet, chosen, options);

    public override ImmutableArray<string> ColumnNames => _header?.Names ?? [];

    public override ImmutableArray<Diagnostic> Notes => _chosen.Note(new Place(_options.Name), _options.Sheet);

    /// <summary>Chooses the sheet and reads its header: the first row that is not blank.</summary>
    public static async Task<XlsxRecords> OpenAsync(Stream bytes, SourceOptions options, CancellationToken cancellation)
    {
        XlsxFile file = await XlsxFile.OpenAsync(bytes, cancellation);
        try
        {
            Place place = new Place(options.Name);
            if (file.IsEmpty) throw new SourceException(FileFaults.Empty(place));
            return await OpenAsync(file, options, place, cancellation);
        }
        catch (Exception broken) when (IsDamage(broken))
        {
            await file.DisposeAsync();
            throw new SourceException(FileFaults.BrokenWorkbook(new Place(options.Name)));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public override ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return ValueTask.FromResult(Read(cancellation));
        }
        catch (Exception broken) when (IsDamage(broken))
        {
            throw new SourceException(FileFaults.BrokenWorkbook(new Place(_options.Name, Row > 0 ? Row : null)));
        }
    }

    public override ImmutableArray<string> RawFields() =>
        [.. Enumerable.Range(0, Math.Max(ColumnNames.Length, _sheet.Count)).Select(index => index < _sheet.Count ? _sheet[index].Text : "")];

    public override SourceFault NoRows(Place place) => _chosen.Explain(base.NoRows(place));

    public override ValueTask DisposeAsync()
    {
        _sheet.Dispose();
        return _file.DisposeAsync();
    }

    private static async Task<XlsxRecords> OpenAsync(XlsxFile file, SourceOptions options, Place place, CancellationToken cancellation)
    {
        OpenedWorkbook workbook = file.Open(options.MaxInflatedBytes, place);
        ChosenSheet chosen = ChosenSheet.Choose(workbook.Sheets, options.Sheet, place);
        CellValues values = await file.ValuesAsync(workbook, options.MaxRecordBytes, place, cancellation);
        SheetReader sheet = new SheetReader(new XlsxXml(XlsxFile.Bytes(chosen.Rows), "worksheet"), values, options.MaxRecordBytes, place);
        XlsxRecords records = new XlsxRecords(file, sheet, chosen, options);
        try
        {
            records.ReadHeader(cancellation);
            return records;
        }
        catch
        {
            sheet.Dispose();
            throw;
        }
    }

    private void ReadHeader(CancellationToken cancellation)
    {
        try
        {
            if (!NextRow(cancellation)) throw new SourceException(FileFaults.HeaderMissing(new Place(_options.Name)));
            _header = SourceHeader.Read([.. Enumerable.Range(0, _sheet.Count).Select(index => _sheet[index].Text)], _options, Row);
        }
        catch (SourceException fault)
        {
            throw new SourceException([_chosen.Explain(fault.Faults[0]), .. fault.Faults.Skip(1)]);
        }
    }

    private bool Read(CancellationToken cancellation)
    {
        if (!NextRow(cancellation)) return false;
        SourceHeader header = _header ?? throw new InvalidOperationException("Rows before the header.");
        for (int index = 0; index < _sheet.Count; index++)
        {
            Cell cell = CellAt(index);
            if (cell.IsBlank) continue;
            if (index >= header.Count || header.IsNameless(index)) Add(RowFaults.NamelessValue(new Place(_options.Name, Row), index + 1));
            else if (header[index] is { } column) Set(column, cell);
        }

        return true;
    }

    private bool NextRow(CancellationToken cancellation)
    {
        while (_sheet.Read(cancellation))
        {
            Begin(_sheet.Row);
            for (int index = 0; index < _sheet.Count; index++)
            {
                if (!CellAt(index).IsBlank) return true;
            }
        }

        return false;
    }

    // A formula counts even when it last came to nothing.
    private Cell CellAt(int index)
    {
        SheetCell cell = _sheet[index];
        return cell.Kind switch
        {
            SheetCellKind.Blank => default,
            SheetCellKind.Text => Cell.Parse(SpreadsheetText.Unmark(cell.Text)),
            SheetCellKind.Number => new Cell(CellKind.Number, cell.Text),
            SheetCellKind.Date => new Cell(CellKind.Date, ""),
            SheetCellKind.Boolean => new Cell(CellKind.Boolean, cell.Text),
            SheetCellKind.Error => new Cell(CellKind.Other, "an error value of the spreadsheet"),
            SheetCellKind.Formula => new Cell(CellKind.Formula, ""),
            SheetCellKind.Unreadable => new Cell(CellKind.Other, ""),
        };
    }

    // What reading throws for a file that is not a sound workbook.
    private static bool IsDamage(Exception broken) =>
        broken is OpenXmlPackageException or XmlException or InvalidDataException or FormatException or EndOfStreamException or OverflowException;
}
