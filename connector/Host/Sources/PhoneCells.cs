using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Host.Sources;

/// <summary>The phones of a row: the column <c>phones</c>, authoritative for all slots, or one column per slot (design 6).</summary>
internal static class PhoneCells
{
    public static DesiredMethods Read(ReadOnlySpan<Cell> cells, string? country, RowFaultList faults, DesiredMethods desired)
    {
        var phones = cells[(int)SourceColumn.Phones];
        if (!phones.IsBlank)
        {
            desired = List(phones, country, faults, desired);
            if (FilledSlots(cells) is { Length: > 0 } slots) faults.Add(SourceColumn.Phones, place => RowFaults.PhonesAndSlot(place, slots));
        }

        desired = Slot(cells, SourceColumn.Mobile, PhoneType.Mobile, country, faults, desired);
        desired = Slot(cells, SourceColumn.AlternateMobile, PhoneType.AlternateMobile, country, faults, desired);
        return Slot(cells, SourceColumn.Office, PhoneType.Office, country, faults, desired);
    }

    private static DesiredMethods List(Cell cell, string? country, RowFaultList faults, DesiredMethods desired)
    {
        var empty = desired with { Mobile = Wanted.None<PhoneNumber>(), AlternateMobile = Wanted.None<PhoneNumber>(), Office = Wanted.None<PhoneNumber>() };
        if (cell.IsNone) return empty;
        if (!ListCell.TryRead(cell, SourceColumn.Phones, faults, out var entries)) return desired;
        var listed = empty;
        foreach (var entry in entries)
        {
            if (!PhoneEntryReader.Read(entry, country).TryGet(out var phone, out var refusal))
            {
                faults.Add(SourceColumn.Phones, place => RowFaults.BadPhone(place, refusal));
            }
            else if (listed[phone.Type].IsManaged && listed[phone.Type].Kind == WantedKind.Value)
            {
                faults.Add(SourceColumn.Phones, place => RowFaults.SlotTwice(place, phone.Type));
            }
            else
            {
                listed = listed.With(phone.Type, Wanted.Of(phone.Number));
            }
        }

        return listed;
    }

    private static DesiredMethods Slot(ReadOnlySpan<Cell> cells, SourceColumn column, PhoneType type, string? country, RowFaultList faults, DesiredMethods desired)
    {
        var cell = cells[(int)column];
        if (cell.IsBlank) return desired;
        if (cell.IsNone) return desired.With(type, Wanted.None<PhoneNumber>());
        if (cell.Kind != CellKind.Text)
        {
            faults.Add(column, place => RowFaults.NotText(place, cell.Kind));
            return desired;
        }

        if (PhoneEntryReader.ReadSlot(cell.Text, type, country).TryGet(out var phone, out var refusal)) return desired.With(type, Wanted.Of(phone.Number));
        faults.Add(column, place => PhoneEntryReader.SplitList(cell.Text).Length > 1 ? RowFaults.SeveralNumbers(place) : RowFaults.BadPhone(place, refusal));
        return desired;
    }

    private static string FilledSlots(ReadOnlySpan<Cell> cells)
    {
        var filled = "";
        foreach (var column in (ReadOnlySpan<SourceColumn>)[SourceColumn.Mobile, SourceColumn.AlternateMobile, SourceColumn.Office])
        {
            if (!cells[(int)column].IsBlank) filled += (filled.Length > 0 ? ", " : "") + column.Name();
        }

        return filled;
    }
}
