using System.Text;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>People as CSV (RFC 4180, UTF-8 with mark for spreadsheets), one row each, the tenant in the first column.</summary>
public static class ReadinessCsv
{
    public static async Task WriteAsync(ReadinessReport report, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        await using StreamWriter writer = new(output, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        await RowAsync(writer, ["tenant", .. PeopleColumns.Names, "keepUntil"], cancellation);
        string keepUntil = report.KeepUntil.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        for (int i = 0; i < report.Tenants.Length; i++)
        {
            string tenant = PeopleColumns.Harmless(report.Tenants[i].Tenant.Name);
            await foreach (PersonEntry person in report.People(i, cancellation).WithCancellation(cancellation))
            {
                await RowAsync(writer, [tenant, .. PeopleColumns.Cells(person), keepUntil], cancellation);
            }
        }
    }

    internal static Task RowAsync(TextWriter writer, IEnumerable<string> cells, CancellationToken cancellation) =>
        writer.WriteLineAsync(string.Join(',', cells.Select(Quoted)).AsMemory(), cancellation);

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny('"', ',', ';') || cell.AsSpan().ContainsAny('\r', '\n')
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
