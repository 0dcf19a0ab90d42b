using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>
/// The rows of one sheet of a workbook. The file itself (compressed, at most a million rows by its format) is in
/// memory, its rows are not. Hidden rows count: hiding is not removing.
/// </summary>
internal sealed class XlsxRecords : RecordReader
{
    private readonly IExcelDataReader _sheet;
    private readonly SheetFormulas _formulas;
    private readonly SourceOptions _options;
    private SourceHeader? _header;

    private XlsxRecords(IExcelDataReader sheet, SheetFormulas formulas, SourceOptions options) =>
        (_sheet, _formulas, _options) = (sheet, formulas, options);

    public override ImmutableArray<string> ColumnNames => _header?.Names ?? [];

    /// <summary>Chooses the sheet and reads its header: the first row that is not blank.</summary>
    public static async Task<XlsxRecords> OpenAsync(Stream bytes, SourceOptions options, CancellationToken cancellation)
    {
        MemoryStream file = new MemoryStream();
        await bytes.CopyToAsync(file, cancellation);
        Place place = new Place(options.Name);
        if (file.Length == 0) throw new SourceException(FileFaults.Empty(place));
        return Told(place, () => Open(new ArraySegment<byte>(file.GetBuffer(), 0, (int)file.Length), options, place, cancellation));
    }

    public override ValueTask<bool> ReadAsync(CancellationToken cancellation) =>
        ValueTask.FromResult(Told(new Place(_options.Name, Row > 0 ? Row : null), () => Read(cancellation)));

    public override ImmutableArray<string> RawFields() => [.. Enumerable.Range(0, ColumnNames.Length).Select(index => Text(index))];

    public override ValueTask DisposeAsync()
    {
        _sheet.Dispose();
        _formulas.Dispose();
        return ValueTask.CompletedTask;
    }

    private static XlsxRecords Open(ArraySegment<byte> file, SourceOptions options, Place place, CancellationToken cancellation)
    {
        // Workbooks name code pages of old; without this the library refuses every one of them.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        IExcelDataReader sheet = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(file.Array ?? [], file.Offset, file.Count, writable: false));
        SheetFormulas? formulas = null;
        try
        {
            XlsxSheets.Choose(sheet, options.Sheet, place);
            formulas = SheetFormulas.Open(file, sheet.Name, place);
            XlsxRecords records = new XlsxRecords(sheet, formulas, options);
            if (!records.NextRow(cancellation)) throw new SourceException(FileFaults.HeaderMissing(place));
            records._header = SourceHeader.Read([.. Enumerable.Range(0, sheet.FieldCount).Select(records.Text)], options, records.Row);
            return records;
        }
        catch
        {
            sheet.Dispose();
            formulas?.Dispose();
            throw;
        }
    }

    private bool Read(CancellationToken cancellation)
    {
        if (!NextRow(cancellation)) return false;
        SourceHeader header = _header ?? throw new InvalidOperationException("Rows before the header.");
        long size = 0L;
        for (int index = 0; index < _sheet.FieldCount; index++)
        {
            Cell cell = CellAt(index);
            size += cell.Text.Length;
            if (cell.IsBlank) continue;
            if (index >= header.Count || header.IsNameless(index)) Add(RowFaults.NamelessValue(new Place(_options.Name, Row), index + 1));
            else if (header[index] is { } column) Set(column, cell);
        }

        return size <= _options.MaxRecordBytes
            ? true
            : throw new SourceException(FileFaults.RecordTooLarge(new Place(_options.Name, Row), _options.MaxRecordBytes));
    }

    private bool NextRow(CancellationToken cancellation)
    {
        while (_sheet.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            Begin(_sheet.Depth + 1);
            _formulas.MoveTo(Row);
            for (int index = 0; index < _sheet.FieldCount; index++)
            {
                if (!CellAt(index).IsBlank) return true;
            }
        }

        return false;
    }

    // A formula counts even when it last came to nothing.
    private Cell CellAt(int index)
    {
        if (_formulas.Holds(index)) return new Cell(CellKind.Formula, "");
        if (_formulas.HoldsError(index)) return new Cell(CellKind.Other, "an error value of the spreadsheet");
        return _sheet.GetValue(index) switch
        {
            null => default,
            string text => Cell.Of(SpreadsheetText.Unmark(text)),
            bool value => new Cell(CellKind.Boolean, value ? "true" : "false"),
            DateTime or TimeSpan => new Cell(CellKind.Date, ""),
            IFormattable number => new Cell(CellKind.Number, number.ToString(null, CultureInfo.InvariantCulture)),
            _ => new Cell(CellKind.Other, ""),
        };
    }

    private string Text(int index) => index < _sheet.FieldCount ? Convert.ToString(_sheet.GetValue(index), CultureInfo.InvariantCulture) ?? "" : "";

    // What the libraries throw for a file that is not a sound workbook.
    private static T Told<T>(Place place, Func<T> reading)
    {
        try
        {
            return reading();
        }
        catch (Exception broken) when (broken is ExcelReaderException or XmlException or InvalidDataException
        or FormatException or EndOfStreamException or OverflowException)
        {
            throw new SourceException(FileFaults.BrokenWorkbook(place));
        }
    }
}
