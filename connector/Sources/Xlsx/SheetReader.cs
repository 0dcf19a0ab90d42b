using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>The rows of one sheet, one at a time (ECMA-376 part 1, 18.3.1). One row is in memory, and of array formulas one number for each column.</summary>
/// <param name="xml">The sheet's part; closed with the reader.</param>
/// <param name="values">What cells mean.</param>
/// <param name="most">Most characters of a row.</param>
/// <param name="place">The source, for what is thrown.</param>
internal sealed class SheetReader(XlsxXml xml, CellValues values, int most, Place place) : IDisposable
{
    private const int MostColumns = 16_384;
    private const long MostRows = 1_048_576;

    private readonly List<SheetCell?> _cells = [];

    // Until which row array formulas fill a column.
    private readonly long[] _filledTo = new long[MostColumns];
    private int _filledColumns;
    private bool _isInData;
    private bool _hadData;
    private long _size;

    /// <summary>The row's number, from 1.</summary>
    public long Row { get; private set; }

    /// <summary>How many columns the row reaches.</summary>
    public int Count => Math.Max(_cells.Count, _filledColumns);

    /// <summary>The cell of a column, from 0. Valid until the next row.</summary>
    public SheetCell this[int column]
    {
        get
        {
            SheetCell cell = column < _cells.Count ? _cells[column] ?? default : default;
            return _filledTo[column] >= Row ? cell with { Kind = SheetCellKind.Formula } : cell;
        }
    }

    /// <summary>Goes on to the next row that the sheet has; false at the end.</summary>
    /// <exception cref="InvalidDataException">The sheet is damaged.</exception>
    /// <exception cref="SourceException">A row or cell comes twice or goes back, or the row is too large.</exception>
    public bool Read(CancellationToken cancellation)
    {
        while (xml.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (xml.IsStart("sheetData"))
            {
                if (_hadData) throw new InvalidDataException("The sheet has its rows twice.");
                _hadData = true;
                _isInData = !xml.IsEmpty;
            }
            else if (xml.IsEnd("sheetData"))
            {
                _isInData = false;
            }
            else if (_isInData && xml.IsStart("row"))
            {
                ReadRow();
                return true;
            }
        }

        return false;
    }

    public void Dispose() => xml.Dispose();

    private void ReadRow()
    {
        long row = xml.Attribute("r") is { } named ? Number(named) : Row + 1;
        Place here = place with { Row = row };
        if (row is < 1 or > MostRows) throw new InvalidDataException("The sheet has a row beyond its limits.");
        if (row <= Row) throw new SourceException(FileFaults.RowTwice(here));
        Row = row;
        _cells.Clear();
        _size = 0;
        if (xml.IsEmpty) return;
        while (xml.Read() && !xml.IsEnd("row"))
        {
            if (xml.IsStart("c")) ReadCell(here);
        }
    }

    private void ReadCell(Place here)
    {
        int column = _cells.Count;
        if (xml.Attribute("r") is { } name)
        {
            if (!CellReference.TryParse(name, out column, out long row)) throw new InvalidDataException("A cell's name is not one.");
            if (row != Row) throw new SourceException(FileFaults.CellTwice(here));
        }

        if (column >= MostColumns) throw new InvalidDataException("The sheet has a column beyond the last one.");
        while (_cells.Count <= column) _cells.Add(null);
        if (_cells[column] is not null) throw new SourceException(FileFaults.CellTwice(here));
        string type = xml.Attribute("t") ?? "n";
        int style = xml.Attribute("s") is { } index ? (int)Number(index) : 0;
        string? text = null;
        bool isFormula = false;
        if (!xml.IsEmpty)
        {
            while (xml.Read() && !xml.IsEnd("c"))
            {
                if (xml.IsStart("v") || xml.IsStart("is")) text = xml.Text(most, here);
                else if (xml.IsStart("f")) isFormula = Formula(here);
            }
        }

        SheetCell cell = values.Read(type, style, text);
        _size += cell.Text.Length;
        if (_size > most) throw new SourceException(FileFaults.RecordTooLarge(here, most));
        _cells[column] = isFormula ? cell with { Kind = SheetCellKind.Formula } : cell;
    }

    /// <summary>Notes what an array formula or a data table fills. A shared formula is in each of its cells.</summary>
    private bool Formula(Place here)
    {
        string? range = xml.Attribute("t") == "shared" ? null : xml.Attribute("ref");
        xml.Text(most, here);
        if (range?.Split(':') is not [var from, var to]) return true;
        if (!CellReference.TryParse(from, out int first, out _) || !CellReference.TryParse(to, out int last, out long lastRow) || last >= MostColumns)
        {
            throw new InvalidDataException("A formula's range is not one.");
        }

        for (int column = first; column <= last; column++) _filledTo[column] = Math.Max(_filledTo[column], lastRow);
        _filledColumns = Math.Max(_filledColumns, last + 1);
        return true;
    }

    private static long Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : throw new InvalidDataException("An attribute is not a number.");
}
