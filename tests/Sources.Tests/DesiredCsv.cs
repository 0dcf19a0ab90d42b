using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Csv;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Tests;

/// <summary>Spells a desired state as the CSV that a source would hold, so that reading it can be checked against what was meant.</summary>
internal static class DesiredCsv
{
    private static readonly ImmutableArray<SourceColumn> Columns =
        [
            SourceColumn.User, SourceColumn.Mobile, SourceColumn.AlternateMobile, SourceColumn.Office, SourceColumn.Email, SourceColumn.Remove,
            SourceColumn.SmsSignIn, SourceColumn.AsOf,
        ];

    public static byte[] Write(IEnumerable<(string User, DesiredMethods Desired, DateTimeOffset? AsOf)> rows) => Encoding.UTF8.GetBytes(string.Concat(
        rows.Select(row => Columns.Select(column => Cell(column, row.User, row.Desired, row.AsOf)))
            .Prepend(Columns.Select(column => column.Name()))
            .Select(cells => CsvLine.Format(cells, ','))));

    private static string Cell(SourceColumn column, string user, DesiredMethods desired, DateTimeOffset? asOf) => column switch
    {
        SourceColumn.User => SpreadsheetText.Mark(user),
        SourceColumn.Mobile => Text(desired.Mobile, number => number.Canonical()),
        SourceColumn.AlternateMobile => Text(desired.AlternateMobile, number => number.Canonical()),
        SourceColumn.Office => Text(desired.Office, number => number.Canonical()),
        SourceColumn.Email => Text(desired.Email, SpreadsheetText.Mark),
        SourceColumn.Remove => SpreadsheetText.Mark(string.Join(';', desired.Removals.SelectMany(Entries))),
        SourceColumn.SmsSignIn => desired.SmsSignIn switch { true => "on", false => "off", null => "" },
        SourceColumn.AsOf => asOf?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture) ?? "",
        SourceColumn.Phones or SourceColumn.Country or SourceColumn.RejectReason => "",
    };

    private static string Text<T>(Managed<T> wanted, Func<T, string> text)
        where T : notnull =>
        wanted.TryGet(out T? value) ? text(value) : wanted.IsManaged ? "none" : "";

    private static IEnumerable<string> Entries(Removal removal) =>
        removal.All ? [removal.Kind.Name()] : removal.Ids.Select(id => Entry(removal.Kind, id));

    private static string Entry(MethodKind kind, string id) => id.AsSpan().ContainsAny(';', '|')
        ? throw new ArgumentException("An id with a separator in it cannot be written.")
        : $"{kind.Name()}:{id}";
}
