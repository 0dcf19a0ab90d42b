using System.Globalization;
using System.Text;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Reports.Html;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>The page around the people: everything that can be read without a script.</summary>
internal static class ReadinessPage
{
    private const int MostGroups = 20;

    private static string Style { get; } = HtmlAssets.Style + HtmlAssets.Read("readiness.css");

    public static string Script { get; } = HtmlAssets.Read("readiness.js");

    public static void Begin(StringBuilder page, ReadinessReport report)
    {
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{HtmlContent.Hash(Script)}'; "
            + $"style-src 'sha256-{HtmlContent.Hash(Style)}'; base-uri 'none'; form-action 'none'\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
            + "<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Append($"<title>{Text($"Readiness · {string.Join(", ", report.Tenants.Take(3).Select(static t => t.Tenant.Name))}")}</title>\n");
        page.Append($"<style>{Style}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#people\">Skip to the people</a>\n<main>\n");
    }

    public static void Tenant(StringBuilder page, TenantReadiness tenant, bool first)
    {
        page.Append(first ? "<header>\n" : "<header class=\"tenant\">\n");
        page.Append($"<p class=\"where\">{(tenant.Tenant.IsSandbox ? "<span class=\"sandbox\">Sandbox</span> " : "")}"
            + $"<span>Readiness</span> <b>{Text(tenant.Tenant.Name)}</b></p>\n");
        if (tenant.Error is { } error)
        {
            page.Append($"<h1 class=\"bad\">Not read</h1>\n<p class=\"next\">{Text($"{error.Message} {error.Advice}")}</p>\n</header>\n");
            return;
        }

        page.Append($"<h1 class=\"{(tenant.Affected > 0 ? "bad" : "good")}\">{Text(Headline(tenant))}</h1>\n");
        Figures(page, tenant);
        page.Append($"<p class=\"identity\">{Text(Identity(tenant))}</p>\n</header>\n");
        Bands(page, tenant);
        OverTime(page, tenant);
        page.Append("<div class=\"two\">\n");
        Groups(page, "department", tenant.Departments);
        Groups(page, "language", tenant.Languages);
        if (!tenant.Managers.IsEmpty) Groups(page, "manager", tenant.Managers);
        page.Append("</div>\n");
        Findings(page, tenant);
        Report(page, tenant);
    }

    public static void End(StringBuilder page, ReadinessReport report) => page.Append(CultureInfo.InvariantCulture,
        $"<p class=\"footnote\">Personal data: keep until {report.KeepUntil:yyyy-MM-dd} at most. No phone number is in this page.</p>\n</main>\n"
        + $"<script>{Script}</script>\n</body>\n</html>\n");

    private static string Headline(TenantReadiness tenant) => tenant.Dates is { } dates
        ? $"{ReadinessText.DaysLeft(dates)}, {Quantity.Of(tenant.Affected, "person is", "people are")} affected"
        : $"{Quantity.Of(tenant.Affected, "person is", "people are")} affected; no date is announced for this tenant";

    private static string Identity(TenantReadiness tenant)
    {
        string read = tenant.AsOf == "live" ? "everybody read live" : "by the registration report, live where it does not suffice";
        string dates = tenant.Dates is { } known ? $" Dates: {known.Source}, read {known.ReadOn:yyyy-MM-dd}." : "";
        return $"{tenant.RunId}, {tenant.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {Quantity.Of(tenant.Total, "person", "people")}, {read}.{dates}";
    }

    private static void Figures(StringBuilder page, TenantReadiness tenant)
    {
        if (tenant.Headline is not { } headline) return;
        page.Append("<ul class=\"figures\">\n");
        if (tenant.Dates is { } dates)
        {
            Figure(page, headline.Prompted, $"prompted on {dates.Members:yyyy-MM-dd}: only phones count", headline.Prompted > 0 ? "careful" : "");
            string causes = string.Join(", ", headline.Dates.Where(prompt => prompt.On == dates.Members).SelectMany(static prompt => prompt.Outcomes)
                .Where(static outcome => outcome.Key != PromptOutcome.GetsThrough.Name() && outcome.Key != PromptOutcome.NotKnown.Name())
                .Select(static outcome => $"{outcome.Key} {Quantity.Of(outcome.Value)}"));
            string words = $"of them cannot get through{(causes.Length > 0 ? $" ({causes})" : "")}; not known for {Quantity.Of(headline.NotKnown)}";
            Figure(page, headline.CannotGetThrough, words, headline.CannotGetThrough > 0 ? "bad" : "");
            foreach (PromptEntry later in headline.Dates.Where(prompt => prompt.On != dates.Members))
            {
                Figure(page, later.Prompted, $"prompted on {later.On:yyyy-MM-dd}", "");
            }
        }

        Figure(page, headline.LosePasswordReset, $"lose password reset; not known for {Quantity.Of(headline.PasswordResetNotKnown)}",
            headline.LosePasswordReset > 0 ? "careful" : "");
        page.Append("</ul>\n");
    }

    private static void Figure(StringBuilder page, long number, string words, string mood) =>
        page.Append($"<li class=\"{mood}\"><b>{Quantity.Of(number)}</b><span>{Text(words)}</span></li>\n");

    private static void Bands(StringBuilder page, TenantReadiness tenant)
    {
        page.Append("<section><h2>Bands</h2><table class=\"bars\"><thead><tr><th>Band</th><th>Meaning</th>"
            + "<th class=\"number\">People</th><th class=\"wide\">Share of all</th></tr></thead><tbody>\n");
        foreach (BandEntry band in tenant.Bands)
        {
            string change = tenant.Change is { } since && since.Bands.TryGetValue(band.Band, out long delta)
                ? $" <span class=\"quiet\">({(delta > 0 ? "+" : "")}{Quantity.Of(delta)})</span>" : "";
            page.Append($"<tr><th>{Text(band.Band)}</th><td>{Text(band.Meaning)}</td><td class=\"number\">{Quantity.Of(band.People)}{change}</td>"
                + $"<td class=\"wide\">{Bar(band.People, tenant.Total, Mood(band.Band))}</td></tr>\n");
        }

        page.Append("</tbody></table></section>\n");
    }

    private static void Groups(StringBuilder page, string what, IReadOnlyCollection<GroupEntry> groups)
    {
        page.Append($"<section><h2>By {what}</h2><table class=\"bars\"><thead><tr><th>{what}</th>"
            + "<th class=\"number\">People</th><th class=\"number\">Affected</th><th class=\"wide\">Share affected</th></tr></thead><tbody>\n");
        foreach (GroupEntry group in groups.Take(MostGroups))
        {
            page.Append($"<tr><th>{(group.Name.Length == 0 ? "<span class=\"quiet\">none</span>" : Text(group.Name))}</th>"
                + $"<td class=\"number\">{Quantity.Of(group.People)}</td>"
                + $"<td class=\"number\">{Quantity.Of(group.Affected)}</td><td class=\"wide\">{Bar(group.Affected, group.People, "bad")}</td></tr>\n");
        }

        page.Append("</tbody></table>");
        if (groups.Count > MostGroups) page.Append($"<p class=\"quiet\">and {Quantity.Of(groups.Count - MostGroups)} more</p>");
        page.Append("</section>\n");
    }

    /// <summary>People in B0 to B3 over time, and the line that would reach none at the date.</summary>
    private static void OverTime(StringBuilder page, TenantReadiness tenant)
    {
        if (tenant.History.Length < 2) return;
        DateTimeOffset begin = tenant.History[0].At;
        DateTimeOffset last = tenant.History[^1].At;
        DateTimeOffset end = tenant.Dates is { } dates ? new DateTimeOffset(dates.Members.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : last;
        if (end <= last) end = last.AddHours(1);
        double most = Math.Max(1, tenant.History.Max(static point => point.Affected));
        string Place(DateTimeOffset at, double affected) => string.Create(CultureInfo.InvariantCulture,
            $"{Math.Round(10 + 980 * ((at - begin) / (end - begin)), 1)},{Math.Round(190 - 180 * affected / most, 1)}");
        page.Append("<section><h2>B0 to B3 over time</h2>");
        page.Append($"<svg class=\"over-time\" viewBox=\"0 0 1000 200\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Text(Pace(tenant))}\">");
        if (tenant.Dates is not null) page.Append($"<polyline class=\"pace\" points=\"{Place(last, tenant.Affected)} {Place(end, 0)}\"/>");
        page.Append($"<polyline points=\"{string.Join(' ', tenant.History.Select(point => Place(point.At, point.Affected)))}\"/></svg>");
        page.Append($"<p class=\"quiet\">{Text(Pace(tenant))}</p></section>\n");
    }

    private static string Pace(TenantReadiness tenant)
    {
        HistoryPoint first = tenant.History[0];
        string so = $"{first.At:yyyy-MM-dd}: {Quantity.Of(first.Affected)}; now {Quantity.Of(tenant.Affected)}.";
        return tenant.Dates is { PerWorkingDay: { } pace, WorkingDaysLeft: var days }
            ? $"{so} {pace.ToString(CultureInfo.InvariantCulture)} per working day are needed in the {Quantity.Of(days, "working day")} left." : so;
    }

    private static void Findings(StringBuilder page, TenantReadiness tenant)
    {
        if (tenant.Findings.IsEmpty && tenant.Unknown.IsEmpty) return;
        page.Append("<section><h2>The tenant</h2><ul class=\"messages\">\n");
        foreach (FindingEntry finding in tenant.Findings.OrderByDescending(static f => f.Urgent))
        {
            page.Append($"<li class=\"{(finding.Urgent ? "bad" : "plain")}\"><code>{Text(finding.Code)}</code> {Text(finding.Message)}"
                + (finding.Remedy.Length > 0 ? $"<span class=\"remedy\">{Text(finding.Remedy)}</span>" : "") + "</li>\n");
        }

        foreach (UnknownEntry unknown in tenant.Unknown)
        {
            page.Append($"<li class=\"bad\"><code>unknown: {Text(unknown.Column)}</code> {Text(unknown.Why)}"
                + $"<span class=\"remedy\">{Text(unknown.Advice)}</span></li>\n");
        }

        page.Append("</ul></section>\n");
    }

    private static void Report(StringBuilder page, TenantReadiness tenant)
    {
        if (tenant.Report is not { Read: true } report) return;
        page.Append("<section><h2>Beside Microsoft's report</h2>");
        page.Append($"<p>It lacks {Quantity.Of(report.MissingPeople, "person", "people")} ({Quantity.Of(report.MissingDisabled)} disabled), differs for "
            + $"{Quantity.Of(report.DifferentPeople)} and has {Quantity.Of(report.RowsWithoutPerson, "row")} of people who are not in the directory.</p>");
        if (!report.Differences.IsEmpty)
        {
            page.Append("<table class=\"bars\"><thead><tr><th>Method</th><th class=\"number\">Here</th><th class=\"number\">Report</th></tr></thead><tbody>\n");
            foreach (DifferenceEntry d in report.Differences)
            {
                page.Append($"<tr><td>{Text(d.Method)}</td>"
                    + $"<td class=\"number\">{Quantity.Of(d.Ours)}</td><td class=\"number\">{Quantity.Of(d.Report)}</td></tr>\n");
            }

            page.Append("</tbody></table>");
        }

        page.Append("</section>\n");
    }

    private static string Bar(long part, long whole, string mood)
    {
        string width = (whole == 0 ? 0 : Math.Round(100.0 * part / whole, 2)).ToString(CultureInfo.InvariantCulture);
        return $"<svg aria-hidden=\"true\"><rect class=\"bar {mood}\" width=\"{width}%\" height=\"100%\" rx=\"2\"/></svg>";
    }

    private static string Mood(string band) => band switch
    {
        "B0" or "B0v" => "bad",
        "B1" or "B2" or "B3" or "?" => "careful",
        "B5" => "good",
        "X" or "N" => "none",
        _ => "",
    };

    public static string Text(string text) => HtmlContent.Encode(text);
}
