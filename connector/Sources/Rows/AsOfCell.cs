using System.Globalization;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>The column <c>asOf</c>: when the source last knew the row to be true, ISO 8601 with offset (docs/sources.md#columns).</summary>
internal static class AsOfCell
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF' 'K", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFF' 'K", "yyyyMMdd'T'HHmmssK",
    ];

    public static DateTimeOffset? Read(Cell cell, RowFaultList faults)
    {
        if (cell.IsBlank) return null;
        if (cell.Kind != CellKind.Text)
        {
            faults.Add(RowFaults.NotText(faults.At(SourceColumn.AsOf), cell));
            return null;
        }

        string text = cell.Text.Trim();
        bool time = DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime local);
        bool offsetMissing = (time && local.Kind == DateTimeKind.Unspecified)
            || DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        if (!offsetMissing && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.None, out DateTimeOffset asOf)) return asOf;
        if (CellTexts.AreSeen(text, SourceColumn.AsOf, faults)
            && !CellTexts.IsMissing(text, SourceColumn.AsOf, faults)) faults.Add(RowFaults.BadAsOf(faults.At(SourceColumn.AsOf), offsetMissing));
        return null;
    }
}
