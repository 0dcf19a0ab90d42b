using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>What the cells of a record mean (docs/sources.md#cells), the same for every format. Everything wrong with a row is reported at once.</summary>
internal static class RowReader
{
    /// <summary>Judges the record the reader is at.</summary>
    public static SourceRow Read(RecordReader record, long ordinal, SourceOptions options)
    {
        ReadOnlySpan<Cell> cells = record.Cells;
        Place place = new Place(options.Name, record.Row);
        RowFaultList faults = new RowFaultList(place, record.Problems);
        string userText = User(cells[(int)SourceColumn.User], faults, out UserKey? key);
        string? country = Country(cells[(int)SourceColumn.Country], faults) ?? options.DefaultCountry;
        DesiredMethods desired = PhoneCells.Read(cells, country, faults) with
        {
            Email = EmailCell.Read(cells[(int)SourceColumn.Email], faults),
            Removals = RemovalCell.Read(cells[(int)SourceColumn.Remove], faults),
            SmsSignIn = SmsSignIn(cells[(int)SourceColumn.SmsSignIn], faults),
        };
        DateTimeOffset? asOf = AsOfCell.Read(cells[(int)SourceColumn.AsOf], faults);
        return new SourceRow(ordinal, place, userText, key, desired, asOf, faults.ToImmutable());
    }

    private static string User(Cell cell, RowFaultList faults, out UserKey? key)
    {
        key = null;
        string text = cell.Text.Trim();
        if (cell.Kind is CellKind.Blank || cell.IsNone) faults.Add(RowFaults.BlankUser(faults.At(SourceColumn.User)));
        else if (!NamesAnybody(cell)) faults.Add(RowFaults.NotText(faults.At(SourceColumn.User), cell));
        else if (!CellTexts.AreSeen(text, SourceColumn.User, faults) || CellTexts.IsMissing(text, SourceColumn.User, faults)) return text;
        else if (UserKey.TryParse(text, out UserKey parsed)) key = parsed;
        else faults.Add(RowFaults.BlankUser(faults.At(SourceColumn.User)));
        return text;
    }

    // A whole number is a name as good as any; one with a fraction or an exponent is not what was typed.
    private static bool NamesAnybody(Cell cell) =>
        cell.Kind == CellKind.Text || (cell.Kind == CellKind.Number && !cell.Text.AsSpan().ContainsAnyExceptInRange('0', '9'));

    private static string? Country(Cell cell, RowFaultList faults)
    {
        if (cell.IsBlank) return null;
        if (cell.Kind == CellKind.Text && NumberingPlans.TryGet(cell.Text, out _)) return cell.Text.Trim();
        if (cell.Kind == CellKind.Text
            && (!CellTexts.AreSeen(cell.Text, SourceColumn.Country, faults) || CellTexts.IsMissing(cell.Text, SourceColumn.Country, faults))) return null;
        faults.Add(cell.Kind is CellKind.Text or CellKind.Number
            ? RowFaults.BadCountry(faults.At(SourceColumn.Country), cell.Text) : RowFaults.NotText(faults.At(SourceColumn.Country), cell));
        return null;
    }

    private static bool? SmsSignIn(Cell cell, RowFaultList faults)
    {
        if (cell.IsBlank) return null;
        if (cell.Kind == CellKind.Text)
        {
            ReadOnlySpan<char> word = cell.Text.AsSpan().Trim();
            if (word.Equals("on", StringComparison.OrdinalIgnoreCase)) return true;
            if (word.Equals("off", StringComparison.OrdinalIgnoreCase)) return false;
            if (!CellTexts.AreSeen(word, SourceColumn.SmsSignIn, faults) || CellTexts.IsMissing(word, SourceColumn.SmsSignIn, faults)) return null;
        }

        faults.Add(cell.Kind == CellKind.Formula
            ? RowFaults.NotText(faults.At(SourceColumn.SmsSignIn), cell) : RowFaults.BadSmsSignIn(faults.At(SourceColumn.SmsSignIn), cell.Text));
        return null;
    }
}
