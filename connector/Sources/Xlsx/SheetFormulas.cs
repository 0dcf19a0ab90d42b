using System.Globalization;
using System.IO.Compression;
using System.Xml;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>
/// Which cells of a sheet hold formulas. The workbook library gives the value that a formula last came to and does not
/// say that it is one, so the sheet's XML is read once more, row by row beside it.
/// </summary>
internal sealed class SheetFormulas : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly XmlReader _xml;
    private readonly HashSet<int> _columns = [];
    private readonly HashSet<int> _errors = [];
    private readonly List<(long LastRow, int FirstColumn, int LastColumn)> _arrays = [];
    private readonly Place _place;
    private long _xmlRow;

    // The XML stands at the beginning of a row that nobody asked for yet: rows without cells are not in it.
    private bool _ahead;

    private SheetFormulas(ZipArchive archive, XmlReader xml, Place place) => (_archive, _xml, _place) = (archive, xml, place);

    /// <summary>Opens the XML of a sheet.</summary>
    /// <exception cref="InvalidDataException">The workbook has no such sheet in XML.</exception>
    public static SheetFormulas Open(ArraySegment<byte> file, string sheet, Place place)
    {
        ZipArchive archive = new ZipArchive(new MemoryStream(file.Array ?? [], file.Offset, file.Count, writable: false));
        try
        {
            ZipArchiveEntry part = WorkbookParts.OfSheet(archive, sheet) ?? throw new InvalidDataException("The sheet has no part.");
            return new SheetFormulas(archive, XmlReader.Create(part.Open(), WorkbookParts.Safe), place);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>Goes on to a row (from 1); rows are asked for in ascending order.</summary>
    /// <exception cref="SourceException">The sheet has a row number twice: the workbook library gives one of the rows and drops the other.</exception>
    public void MoveTo(long row)
    {
        _columns.Clear();
        _errors.Clear();
        _arrays.RemoveAll(array => array.LastRow < row);
        while ((_ahead || NextRow()) && _xmlRow <= row)
        {
            ReadRow(_xmlRow == row);
            _ahead = false;
        }
    }

    /// <summary>Whether the cell (column from 0) of this row holds a formula, or a part of what an array formula came to.</summary>
    public bool Holds(int column) =>
        _columns.Contains(column) || (_arrays.Count > 0 && _arrays.Exists(array => column >= array.FirstColumn && column <= array.LastColumn));

    /// <summary>Whether the cell holds an error such as #N/A, which the library gives as blank.</summary>
    public bool HoldsError(int column) => _errors.Contains(column);

    public void Dispose()
    {
        _xml.Dispose();
        _archive.Dispose();
    }

    private bool NextRow()
    {
        while (_xml.NodeType != XmlNodeType.Element || _xml.LocalName != "row")
        {
            if (!_xml.Read()) return false;
        }

        long row = long.TryParse(_xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out long named) ? named : _xmlRow + 1;
        if (row <= _xmlRow) throw new SourceException(FileFaults.RowTwice(_place with { Row = row }));
        _xmlRow = row;
        _ahead = true;
        return true;
    }

    private void ReadRow(bool wanted)
    {
        int column = -1;
        if (_xml.IsEmptyElement)
        {
            _xml.Read();
            return;
        }

        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.LocalName == "row"))
        {
            if (_xml.NodeType != XmlNodeType.Element) continue;
            if (_xml.LocalName == "c")
            {
                column = CellReference.TryParse(_xml.GetAttribute("r"), out int at, out _) ? at : column + 1;
                if (wanted && _xml.GetAttribute("t") == "e") _errors.Add(column);
            }
            else if (_xml.LocalName == "f")
            {
                Add(column, wanted);
            }
        }
    }

    private void Add(int column, bool wanted)
    {
        if (wanted) _columns.Add(column);
        if (_xml.GetAttribute("ref") is not { } range || _xml.GetAttribute("t") == "shared") return;
        string[] ends = range.Split(':');
        if (CellReference.TryParse(ends[0], out int first, out _) && CellReference.TryParse(ends[^1], out int last, out long lastRow))
        {
            _arrays.Add((lastRow, first, last));
        }
    }
}
