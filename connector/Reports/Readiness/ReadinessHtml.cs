using System.Text;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Reports.Html;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>
/// Readiness as one page that needs nothing else: countdown, headline numbers, bars, a line over time, findings, and a table of people that can
/// be filtered. Only the page's own script and style may run (by hash); the script puts text into the page only as text.
/// </summary>
public static class ReadinessHtml
{
    /// <summary>People up to which the page lists everybody; the others are in the other forms.</summary>
    public const int MostRows = 50_000;

    private const int RowsOfChunk = 1_000;

    public static async Task WriteAsync(ReadinessReport report, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        await using StreamWriter writer = new(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        StringBuilder page = new();
        ReadinessPage.Begin(page, report);
        for (int i = 0; i < report.Tenants.Length; i++) ReadinessPage.Tenant(page, report.Tenants[i], first: i == 0);
        long total = report.Tenants.Sum(static tenant => tenant.Total);
        page.Append("<section aria-labelledby=\"people-title\"><h2 id=\"people-title\">People</h2>\n<div id=\"tools\" class=\"tools\"></div>\n");
        if (total > MostRows) page.Append(
            $"<p class=\"quiet\">The first {Quantity.Of(MostRows)} of {Quantity.Of(total)} people; all are in --out FILE.csv.</p>\n");
        page.Append("<p id=\"status\" class=\"status\" role=\"status\">The list of people needs scripts to be allowed.</p>\n<table id=\"people\"><thead><tr>");
        foreach (string name in new[] { "Band", "Person", "Name", "Department", "Ends", "Methods", "Default", "Flags", "Next step", "Tenant" })
        {
            page.Append($"<th>{name}</th>");
        }

        page.Append("</tr></thead><tbody id=\"rows\"></tbody></table><div id=\"pager\" class=\"pager\"></div></section>\n");
        page.Append($"<script type=\"application/json\" id=\"bands\">{Bands(report)}</script>\n");
        await writer.WriteAsync(page, cancellation);
        await RowsAsync(report, writer, cancellation);
        page.Clear();
        ReadinessPage.End(page, report);
        await writer.WriteAsync(page, cancellation);
    }

    private static string Bands(ReadinessReport report) => HtmlJson.Write(json =>
    {
        json.WriteStartArray();
        foreach (IGrouping<string, BandEntry> band in report.Tenants.SelectMany(static tenant => tenant.Bands)
            .GroupBy(static b => b.Band, StringComparer.Ordinal))
        {
            json.WriteStartArray();
            json.WriteStringValue(band.Key);
            json.WriteNumberValue(band.Sum(static b => b.People));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    private static async Task RowsAsync(ReadinessReport report, StreamWriter writer, CancellationToken cancellation)
    {
        int rows = 0;
        for (int i = 0; i < report.Tenants.Length && rows < MostRows; i++)
        {
            string tenant = report.Tenants[i].Tenant.Name;
            await foreach (PersonEntry person in report.People(i, cancellation).WithCancellation(cancellation))
            {
                await writer.WriteAsync(rows % RowsOfChunk == 0
                    ? $"{(rows > 0 ? "]</script>\n" : "")}<script type=\"application/json\" class=\"rows\">[\n" : ",\n");
                await writer.WriteAsync(Row(person, tenant));
                if (++rows == MostRows) break;
            }
        }

        if (rows > 0) await writer.WriteAsync("]</script>\n");
    }

    private static string Row(PersonEntry person, string tenant) => HtmlJson.Write(json =>
    {
        json.WriteStartArray();
        foreach (string? cell in new[]
        {
            person.Band, person.User, person.DisplayName, person.Department, person.RetiresOn, person.Methods is { } m ? string.Join(", ", m) : "unknown",
            person.Default, string.Join(", ", person.Flags), person.Why ?? person.WhatToDo, tenant,
        }) json.WriteStringValue(Visible.Escape(cell));
        json.WriteEndArray();
    });
}
