using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>
/// A cursor over the records of a source in one format. It knows cells and places and nothing of what cells mean;
/// <see cref="RowReader"/> does. A cursor, so that a million records need no more memory than one.
/// </summary>
internal abstract class RecordReader : IAsyncDisposable
{
    private readonly Cell[] _cells = new Cell[SourceColumns.Count];
    private ImmutableArray<Diagnostic> _problems = [];

    /// <summary>Line or row of the record as an editor shows it, from 1.</summary>
    public long Row { get; protected set; }

    /// <summary>The record's cells by column; an absent column is blank. Valid until the next record.</summary>
    public ReadOnlySpan<Cell> Cells => _cells;

    /// <summary>What is wrong with the record as a whole.</summary>
    public ImmutableArray<Diagnostic> Problems => _problems;

    /// <summary>Names of all columns as the source writes them, ignored ones included; for rejects. Empty for formats without a header.</summary>
    public abstract ImmutableArray<string> ColumnNames { get; }

    /// <summary>The delimiter of the header line; a comma for formats without one.</summary>
    public virtual char Delimiter => ',';

    /// <summary>What is worth knowing about the source as a whole although it stops nothing.</summary>
    public virtual ImmutableArray<Diagnostic> Notes => [];

    /// <summary>Goes on to the next record; false at the end.</summary>
    /// <exception cref="SourceException">The file cannot be used.</exception>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellation);

    /// <summary>The texts of the record, without spreadsheet marks, in the order of
    /// <see cref="ColumnNames"/>; for formats without a header the record itself.</summary>
    public abstract ImmutableArray<string> RawFields();

    /// <summary>The fault of a source without any row.</summary>
    public virtual SourceFault NoRows(Place place) => FileFaults.NoRows(place);

    public abstract ValueTask DisposeAsync();

    protected void Begin(long row)
    {
        Row = row;
        _problems = [];
        Array.Clear(_cells);
    }

    protected void Set(SourceColumn column, Cell cell) => _cells[(int)column] = cell;

    protected void Add(Diagnostic problem) => _problems = _problems.Add(problem);
}
