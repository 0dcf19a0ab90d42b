using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>
/// A plan or a run for a terminal: the decision first, then guardrails, then users with the worst consequence first, then
/// the counts. At most <see cref="MostLines"/> lines for any size; every count is exact.
/// </summary>
public static class TextReport
{
    public const int MostLines = 40;
    private const int MostDiagnostics = 4;
    private const int MostGuardrails = 9;
    private const int MostNames = 3;

    public static async Task WriteAsync(Report report, TextWriter output, TextStyle style, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(style);
        FindingCounter tally = await FindingCounter.OfAsync(report, MostLines, cancellation);
        List<TextLine> top = [.. Top(report, tally)];
        List<TextLine> bottom = [.. Bottom(report, tally)];
        IEnumerable<TextLine> users = TextGroups.From(tally, report.Head is RunDocument, MostLines - top.Count - bottom.Count);
        foreach (TextLine line in top.Concat(users).Concat(bottom))
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteAsync(line.Render(style) + "\n");
        }
    }

    private static IEnumerable<TextLine> Top(Report report, FindingCounter tally)
    {
        ReportHeader head = report.Head;
        Decision decision = Decision.From(report, tally);
        yield return new($"{Visible.Escape(Wording.Where(head))}: {Visible.Escape(decision.Headline)}",
            Paint: (style, text) => Paint(style, decision.Mood, text));
        yield return new(Visible.Escape(Wording.Identity(head)), Paint: (style, text) => style.Dim(text));
        foreach (TextLine line in Guardrails(head)) yield return line;
        foreach (Diagnostic diagnostic in head.Diagnostics.OrderBy(d => d.Severity).Take(MostDiagnostics))
        {
            yield return new($"{Visible.Escape(diagnostic.Code)}: {Visible.Escape(diagnostic.Message)}",
                Paint: diagnostic.Severity == Severity.Error ? Bad : null);
        }

        if (head.Diagnostics.Length > MostDiagnostics) yield return new($"… and {Count.Format(head.Diagnostics.Length - MostDiagnostics, "more message")}, see "
            + $"--report FILE");
    }

    private static IEnumerable<TextLine> Guardrails(ReportHeader head)
    {
        GuardrailVerdict[] speaking = [.. head.Guardrails.Where(g => g.Verdict != Verdict.Pass).OrderByDescending(g => g.Verdict)];
        foreach (GuardrailVerdict guardrail in speaking.Take(MostGuardrails))
        {
            string allow = guardrail.Allow is { } option ? $" To allow it once: {Visible.Escape(option)}" : "";
            yield return new(
                $"{Visible.Escape(guardrail.Name)} {guardrail.Verdict.Name()}: {Visible.Escape(guardrail.Message)}{allow}",
                Paint: guardrail.Verdict == Verdict.Blocked ? Bad : (style, text) => style.Warn(text));
        }

        string passed = string.Join(", ", head.Guardrails.Where(g => g.Verdict == Verdict.Pass).Select(g => Visible.Escape(g.Name)));
        string more = speaking.Length > MostGuardrails
            ? $"; {Count.Format(speaking.Length - MostGuardrails, "more guardrail")} not passed, see --report FILE" : "";
        if (passed.Length + more.Length > 0) yield return new($"Guardrails passed: {(passed.Length > 0 ? passed : "none")}{more}",
            Paint: (style, text) => style.Dim(text));
    }

    private static IEnumerable<TextLine> Bottom(Report report, FindingCounter tally)
    {
        ReportHeader head = report.Head;
        yield return TextLine.Blank;
        if (!tally.Signs.IsEmpty)
        {
            yield return new(string.Join("   ", tally.Signs.Select(s => $"{s.Letter()} {s.Meaning()}")), Paint: (style, text) => style.Dim(text));
        }

        foreach (CrossCheck check in CrossCheck.From(head, tally))
        {
            yield return new(Visible.Escape(check.Line(MostNames)), Paint: (style, text) => style.Dim(text));
        }

        yield return new(Visible.Escape(Wording.Cost(head)), Paint: (style, text) => style.Dim(text));
        yield return new(Wording.Totals(head, tally), Paint: (style, text) => style.Bold(text));
        foreach (TextLine line in NextSteps.From(report, tally).SelectMany(NextLines.From)) yield return line;
    }

    private static string Bad(TextStyle style, string text) => style.Bad(text);

    private static string Paint(TextStyle style, Mood mood, string text) => mood switch
    {
        Mood.Good => style.Good(text),
        Mood.Careful => style.Warn(text),
        Mood.Bad => style.Bad(text),
    };
}
