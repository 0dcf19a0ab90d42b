using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Markdown;

/// <summary>
/// A plan or a run for a pull request: the decision and the guardrails in the open, users folded under their findings,
/// the worst open. Never larger than <see cref="MostBytes"/>, so that it fits into one comment; every count is exact.
/// </summary>
public static class MarkdownReport
{
    /// <summary>Largest size in UTF-8 bytes.</summary>
    public const int MostBytes = 60_000;

    private const int KeptOfEach = 400;
    private const int MostMessages = 20;

    public static async Task WriteAsync(Report report, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        FindingCounter tally = await FindingCounter.OfAsync(report, KeptOfEach, cancellation);
        StringBuilder page = new();
        Top(page, report, tally);
        string checks = string.Concat(CrossCheck.From(report.Head, tally).Select(c => $"- {MarkdownText.Prose(c.Line(CrossCheck.MostNames))}\n"));
        string?[] figures = [Wording.Totals(report.Head, tally), Wording.OfWhatCanBeRead(report.Head, tally), Wording.Cost(report.Head)];
        string bottom = $"{(checks.Length > 0 ? checks + "\n" : "")}{string.Join("\n\n", figures.OfType<string>().Select(MarkdownText.Prose))}\n";
        MarkdownGroups.Append(page, tally, report.Head is RunDocument, MostBytes - Encoding.UTF8.GetByteCount(bottom));
        page.Append(bottom);
        await output.WriteAsync(page, cancellation);
    }

    private static void Top(StringBuilder page, Report report, FindingCounter tally)
    {
        ReportHeader head = report.Head;
        Decision decision = Decision.From(report, tally);
        string icon = decision.Mood switch
        {
            Mood.Good => "✅",
            Mood.Careful => "⚠️",
            Mood.Bad => "⛔",
        };
        page.Append($"## {icon} {MarkdownText.Prose(Wording.Where(head))}: {MarkdownText.Prose(decision.Headline)}\n\n");
        foreach (ProposedStep step in NextSteps.From(report, tally))
        {
            page.Append($"{MarkdownText.Prose(step.Text)}\n\n");
            if (step.Command is { } command) page.Append(MarkdownText.Block(command));
        }

        page.Append($"{MarkdownText.Prose(Wording.Identity(head))}\n\n");
        foreach (GuardrailVerdict guardrail in head.Guardrails.Where(g => g.Verdict != Verdict.Pass).OrderByDescending(g => g.Verdict))
        {
            page.Append($"- **{MarkdownText.Prose(guardrail.Name)} {guardrail.Verdict.Name()}**: "
                + $"{MarkdownText.Prose(guardrail.Message + Wording.AllowOnce(guardrail))}\n");
        }

        if (GuardrailWords.Passed(head) is { } passed) page.Append($"- Guardrails: {passed}.\n");
        foreach (Diagnostic diagnostic in head.Diagnostics.OrderBy(d => d.Severity).Take(MostMessages))
        {
            page.Append($"- {UserLines.Severity(diagnostic)}: {MarkdownText.Prose(diagnostic.Message)}\n");
        }

        if (head.Diagnostics.Length > MostMessages) page.Append($"- … and {Quantity.Of(head.Diagnostics.Length - MostMessages, "more message")}\n");
        page.Append('\n');
    }
}
