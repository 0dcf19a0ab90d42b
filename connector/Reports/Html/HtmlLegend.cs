using System.Text;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Html;

/// <summary>What signs and terms mean, those that stand in this page only.</summary>
internal static class HtmlLegend
{
    public static void Write(StringBuilder page, ReportHeader head, FindingCounter tally)
    {
        if (tally.Signs.IsEmpty) return;
        page.Append("<section aria-labelledby=\"legend\"><h2 id=\"legend\">How to read this page</h2>\n<ul class=\"legend\">");
        foreach (Sign sign in tally.Signs)
        {
            page.Append($"<li><span class=\"sign\">{HtmlContent.Encode(sign.Letter().ToString())}</span>{HtmlContent.Encode(sign.Meaning())}</li>");
        }

        page.Append("</ul>\n<dl class=\"terms\">");
        foreach ((string term, string meaning) in Terms(head, tally))
        {
            page.Append($"<div><dt>{HtmlContent.Encode(term)}</dt><dd>{HtmlContent.Encode(meaning)}</dd></div>");
        }

        page.Append("</dl></section>\n");
    }

    private static IEnumerable<(string Term, string Meaning)> Terms(ReportHeader head, FindingCounter tally)
    {
        yield return ("Usable methods", "what a person can sign in with or pass MFA with, as far as it can be read: phones, Authenticator, FIDO2, OATH, "
            + "Windows Hello. Passwords, one-time passes and e-mail addresses do not count. Strong: at least one that is not a phone.");
        if (tally.Signs.Contains(Sign.Held)) yield return ("Held", "not written, for the reason beside it.");
        if (tally.Drifted > 0) yield return ("Drift", "changed in the tenant since it was last verified, while the source stayed as it was.");
        if (head.Summary.Stale > 0) yield return ("Stale", "the user changed in the tenant after the plan was made, so nothing was sent.");
        if (head.Summary.Unknown > 0) yield return ("Unknown", "a write was sent and no trustworthy answer arrived; it may have been applied.");
        if (head.Summary.Skipped > 0) yield return ("Skipped", "not everything was sent for this user.");
        if (!head.Guardrails.IsEmpty)
        {
            yield return ("Guardrail", "a limit that holds users or stops a run before its first write. Off: switched off in the configuration.");
        }

        if (head.Masked)
        {
            yield return ("Masked", "only the last four digits of numbers are shown"
                + (tally.HasTags ? "; equal marks, such as #a1b2, mean equal numbers." : "."));
        }
    }
}
