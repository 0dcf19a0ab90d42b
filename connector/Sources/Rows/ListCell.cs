using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>A cell that holds a list: text separated by <c>;</c> or <c>|</c>, or a JSON array of texts.</summary>
internal static class ListCell
{
    /// <summary>
    /// The entries, at least one. A list without content (<c>;</c>, <c>[""]</c>) is an error and not the empty list:
    /// only <c>none</c> and <c>[]</c> remove anything.
    /// </summary>
    public static bool TryRead(Cell cell, SourceColumn column, RowFaultList faults, out ImmutableArray<string> entries)
    {
        entries = [];
        switch (cell.Kind)
        {
            case CellKind.Text:
                entries = PhoneEntryReader.SplitList(cell.Text);
                if (entries.IsEmpty) faults.Add(RowFaults.EmptyEntry(faults.At(column)));
                break;
            case CellKind.Entries:
                entries = Texts(cell.Entries, column, faults);
                break;
            case CellKind.Blank or CellKind.Number or CellKind.Date or CellKind.Formula or CellKind.Boolean or CellKind.Other:
                faults.Add(RowFaults.NotText(faults.At(column), cell));
                break;
        }

        entries = entries.RemoveAll(entry => CellTexts.IsMissing(entry, column, faults));
        return !entries.IsEmpty;
    }

    private static ImmutableArray<string> Texts(ImmutableArray<Cell> cells, SourceColumn column, RowFaultList faults)
    {
        ImmutableArray<string>.Builder texts = ImmutableArray.CreateBuilder<string>(cells.Length);
        foreach (Cell entry in cells)
        {
            if (entry.Kind == CellKind.Text) texts.Add(entry.Text);
            else faults.Add(Fault(faults.At(column), column, entry));
        }

        return texts.ToImmutable();
    }

    private static Diagnostic Fault(Place place, SourceColumn column, Cell entry) =>
        entry.IsBlank ? RowFaults.EmptyEntry(place)
        : entry.Kind == CellKind.Other && column == SourceColumn.Remove ? RowFaults.RemovalKind(place)
        : RowFaults.NotText(place, entry);
}
