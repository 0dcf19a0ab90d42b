using System.Text;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Html;

/// <summary>The guardrails: those that hold or block first, those that are off in grey, and those that passed folded behind their number.</summary>
internal static class HtmlGuardrails
{
    public static void Write(StringBuilder page, ReportHeader head)
    {
        if (head.Guardrails.IsEmpty) return;
        GuardrailVerdict[] passed = [.. head.Guardrails.Where(g => g.Verdict == Verdict.Pass && !GuardrailWords.IsOff(head, g))];
        GuardrailVerdict[] others = [.. head.Guardrails.Except(passed).OrderByDescending(static g => g.Verdict)];
        page.Append("<section aria-labelledby=\"guardrails\"><h2 id=\"guardrails\">Guardrails</h2>\n");
        if (others.Length > 0) Table(page, head, others);
        if (passed.Length > 0)
        {
            page.Append($"<details class=\"passed\"><summary>{Quantity.Of(passed.Length)} passed</summary>\n");
            Table(page, head, passed);
            page.Append("</details>\n");
        }

        page.Append("</section>\n");
    }

    private static void Table(StringBuilder page, ReportHeader head, GuardrailVerdict[] guardrails)
    {
        page.Append("<table><thead><tr><th scope=\"col\">Guardrail</th><th scope=\"col\">Verdict</th><th scope=\"col\" class=\"number\">Actual</th>"
            + "<th scope=\"col\" class=\"number\">Limit</th><th scope=\"col\">Why</th></tr></thead><tbody>\n");
        foreach (GuardrailVerdict guardrail in guardrails)
        {
            string verdict = GuardrailWords.IsOff(head, guardrail) ? "off" : guardrail.Verdict.Name();
            page.Append($"<tr class=\"{verdict}\"><th scope=\"row\">{HtmlContent.Encode(guardrail.Name)}</th>"
                + $"<td><span class=\"verdict {verdict}\">{verdict}</span></td>"
                + $"<td class=\"number\">{Figure(head, guardrail, limit: false)}</td><td class=\"number\">{Figure(head, guardrail, limit: true)}</td>"
                + $"<td class=\"why\">{HtmlContent.Encode(guardrail.Message)}{HtmlContent.Encode(Wording.AllowOnce(guardrail))}</td></tr>\n");
        }

        page.Append("</tbody></table>\n");
    }

    private static string Figure(ReportHeader head, GuardrailVerdict guardrail, bool limit) =>
        HtmlContent.Encode(GuardrailWords.Figure(head, guardrail, limit) ?? "–");
}
