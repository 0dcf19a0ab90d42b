using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>The phones of a row: the column <c>phones</c>, authoritative for all slots, or one column per slot (docs/sources.md#columns).</summary>
internal static class PhoneCells
{
    private static readonly DesiredMethods AllRemoved = new()
    {
        Mobile = Managed.None<PhoneNumber>(),
        AlternateMobile = Managed.None<PhoneNumber>(), Office = Managed.None<PhoneNumber>()
    };

    /// <summary>What the row wants of the three slots, and nothing else.</summary>
    public static DesiredMethods Read(ReadOnlySpan<Cell> cells, string? country, RowFaultList faults)
    {
        Cell phones = cells[(int)SourceColumn.Phones];
        DesiredMethods slots = new DesiredMethods
        {
            Mobile = Slot(cells, SourceColumn.Mobile, PhoneType.Mobile, country, faults),
            AlternateMobile = Slot(cells, SourceColumn.AlternateMobile, PhoneType.AlternateMobile, country, faults),
            Office = Slot(cells, SourceColumn.Office, PhoneType.Office, country, faults),
        };
        if (phones.IsBlank) return Named(slots, faults);
        if (FilledSlots(cells) is { Length: > 0 } filled) faults.Add(RowFaults.PhonesAndSlot(faults.At(SourceColumn.Phones), filled));
        return List(phones, country, faults);
    }

    /// <summary>A mobile that its own column names for removal; a list that leaves it out does not name it.</summary>
    private static DesiredMethods Named(DesiredMethods slots, RowFaultList faults)
    {
        DesiredMethods named = MobileRemoval.OfRow(slots, out Diagnostic? note);
        if (note is not null) faults.Add(note with { Place = faults.At(SourceColumn.Mobile) });
        return named;
    }

    private static DesiredMethods List(Cell cell, string? country, RowFaultList faults)
    {
        if (cell.IsNone) return AllRemoved;
        if (!ListCell.TryRead(cell, SourceColumn.Phones, faults, out ImmutableArray<string> entries)) return new DesiredMethods();
        DesiredMethods listed = AllRemoved;
        foreach (string entry in entries)
        {
            if (!PhoneEntryReader.Read(entry, country).TryGet(out PhoneEntry phone, out PhoneRefusal? refusal))
            {
                faults.Add(RowFaults.BadPhone(faults.At(SourceColumn.Phones), refusal));
            }
            else if (listed[phone.Type].Kind == ManagedKind.Value)
            {
                faults.Add(RowFaults.SlotTwice(faults.At(SourceColumn.Phones), phone.Type));
            }
            else
            {
                listed = listed.With(phone.Type, Managed.Value(phone.Number));
            }
        }

        return listed;
    }

    private static Managed<PhoneNumber> Slot(ReadOnlySpan<Cell> cells, SourceColumn column, PhoneType type, string? country, RowFaultList faults)
    {
        Cell cell = cells[(int)column];
        if (cell.IsBlank) return default;
        if (cell.IsNone) return Managed.None<PhoneNumber>();
        if (cell.Kind != CellKind.Text)
        {
            faults.Add(RowFaults.NotText(faults.At(column), cell));
            return default;
        }

        if (CellTexts.IsMissing(cell.Text, column, faults)) return default;
        if (PhoneEntryReader.ReadSlot(cell.Text, type, country).TryGet(out PhoneEntry phone, out PhoneRefusal? refusal)) return Managed.Value(phone.Number);
        faults.Add(PhoneEntryReader.SplitList(cell.Text).Length > 1
            ? RowFaults.SeveralNumbers(faults.At(column)) : RowFaults.BadPhone(faults.At(column), refusal));
        return default;
    }

    private static string FilledSlots(ReadOnlySpan<Cell> cells)
    {
        string filled = "";
        foreach (SourceColumn column in (ReadOnlySpan<SourceColumn>)[SourceColumn.Mobile, SourceColumn.AlternateMobile, SourceColumn.Office])
        {
            if (!cells[(int)column].IsBlank) filled += (filled.Length > 0 ? ", " : "") + column.Name();
        }

        return filled;
    }
}
