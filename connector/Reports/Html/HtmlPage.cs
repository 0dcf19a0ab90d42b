using System.Globalization;
using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Html;

/// <summary>The page around the data: everything that can be read without a script.</summary>
internal static class HtmlPage
{
    public static string Begin(Report report, FindingCounter tally, bool sharded)
    {
        ReportHeader head = report.Head;
        Decision decision = Decision.From(report, tally);
        string kind = head is RunDocument ? "Run" : "Plan";
        StringBuilder page = new();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            + $"script-src 'sha256-{HtmlContent.Hash(HtmlAssets.Script)}'{(sharded ? " 'strict-dynamic'" : "")}; "
            + $"style-src 'sha256-{HtmlContent.Hash(HtmlAssets.Style)}'; "
            + "base-uri 'none'; form-action 'none'\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta "
            + "name=\"color-scheme\" content=\"light dark\">\n");
        page.Append($"<title>{Text($"{kind} · {Wording.Where(head)}")}</title>\n<style>{HtmlAssets.Style}</style>\n</head>\n<body>\n");
        page.Append("<a class=\"skip\" href=\"#users\">Skip to the users</a>\n<header>\n");
        page.Append($"<p class=\"where\">{(head.Tenant.IsSandbox ? "<span class=\"sandbox\">Sandbox</span> " : "")}<span>{kind}</span> "
            + $"<b>{Text(head.Tenant.Name)}</b>{(head.Masked ? "" : " <span class=\"revealed\">full numbers</span>")}</p>\n");
        page.Append($"<h1 class=\"{Class(decision.Mood)}\">{Text(decision.Headline)}</h1>\n");
        foreach (ProposedStep step in NextSteps.From(report, tally))
        {
            page.Append($"<p class=\"next\">{Text(step.Text)}</p>\n");
            if (step.Command is { } command) page.Append($"<p class=\"command\"><code>{Text(command)}</code></p>\n");
        }

        page.Append($"<p class=\"identity\">{Text(Wording.What(head))}, {HtmlContent.Time(Wording.StartOf(head))}{Ended(head)}{Text(Wording.By(head))}</p>\n"
            + "</header>\n<main>\n");
        HtmlPictures.Write(page, head, tally);
        Consequences(page, head, tally);
        HtmlGuardrails.Write(page, head);
        Messages(page, head);
        page.Append($"<section aria-labelledby=\"counts\"><h2 id=\"counts\">In numbers</h2><p class=\"totals\">{Text(Wording.Totals(head, tally))}</p>"
            + $"{string.Concat(new[] { Wording.OfWhatCanBeRead(head, tally), Wording.Cost(head) }.OfType<string>().Select(Quiet))}</section>\n");
        page.Append("<section aria-labelledby=\"users\"><h2 id=\"users\" tabindex=\"-1\">Users</h2>\n<div id=\"app\"></div>\n");
        return page.ToString();
    }

    public static string AfterUsers(ReportHeader head, FindingCounter tally)
    {
        StringBuilder page = new();
        page.Append("</section>\n");
        HtmlLegend.Write(page, head, tally);
        return page.Append("</main>\n").ToString();
    }

    public static string End() => $"<script>{HtmlAssets.Script}</script>\n</body>\n</html>\n";

    private static void Consequences(StringBuilder page, ReportHeader head, FindingCounter tally)
    {
        if (tally.Groups.IsEmpty) return;
        bool run = head is RunDocument;
        page.Append("<section aria-labelledby=\"worst\"><h2 id=\"worst\">Worst first</h2><ul class=\"findings\">\n");
        foreach (FindingCounter.Group group in tally.Groups)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<li class=\"{(group.Finding.IsBad() ? "bad" : "plain")}\" data-finding=\"{(int)group.Finding}\">"
                + $"<b>{Quantity.Of(group.Total)}<small> {(group.Total == 1 ? "user" : "users")}</small></b> "
                + $"<span>{Text(group.Finding.Heading(run))}"
                + $"{(group.Total > group.Count ? $", {Quantity.Of(group.Total - group.Count)} of them above" : "")}</span></li>\n");
        }

        page.Append("</ul></section>\n");
    }

    private static void Messages(StringBuilder page, ReportHeader head)
    {
        if (head.Diagnostics.IsEmpty) return;
        page.Append("<section aria-labelledby=\"messages\"><h2 id=\"messages\">Messages</h2><ul class=\"messages\">\n");
        foreach (Diagnostic diagnostic in head.Diagnostics.OrderBy(d => d.Severity))
        {
            string where = diagnostic.Place is { } place ? $" <span class=\"quiet\">{Text(place.ToString())}</span>" : "";
            page.Append($"<li class=\"{(diagnostic.Severity == Severity.Error ? "bad" : "plain")}\"><code>{Text(diagnostic.Code)}</code> "
                + $"{Text(diagnostic.Message)}{where}</li>\n");
        }

        page.Append("</ul></section>\n");
    }

    private static string Quiet(string text) => $"<p class=\"quiet\">{Text(text)}</p>";

    private static string Class(Mood mood) => mood switch
    {
        Mood.Good => "good",
        Mood.Careful => "careful",
        Mood.Bad => "bad",
    };

    private static string Ended(ReportHeader head) => head is RunDocument { EndedAt: { } ended } ? $", ended {HtmlContent.Time(ended)}" : "";

    private static string Text(string text) => HtmlContent.Encode(text);
}
