using System.Globalization;
using ProvisioningConnector.Reports.Spreadsheets;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>People as a workbook with one sheet. All cells are text.</summary>
public static class ReadinessXlsx
{
    public static async Task WriteAsync(ReadinessReport report, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        await using SheetWriter sheet = await SheetWriter.CreateAsync(output, "readiness", cancellation);
        await sheet.WriteAsync(["tenant", .. PeopleColumns.Names, "keepUntil"], cancellation);
        string keepUntil = report.KeepUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (int i = 0; i < report.Tenants.Length; i++)
        {
            string tenant = PeopleColumns.Harmless(report.Tenants[i].Tenant.Name);
            await foreach (PersonEntry person in report.People(i, cancellation).WithCancellation(cancellation))
            {
                await sheet.WriteAsync([tenant, .. PeopleColumns.Cells(person), keepUntil], cancellation);
            }
        }
    }
}
