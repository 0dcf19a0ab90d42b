using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>
/// A plan or a run for a terminal, where the end is what stays in sight: users with the worst consequence first, then guardrails and figures, then the
/// verdict, and what to do next as the last lines. At most <see cref="MostLines"/> lines for any size, before long ones are broken; every count is exact.
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
        IEnumerable<TextLine> lines = report.Head.Origin is PlanOrigin.OneUser ? OneUserText.Lines(report, tally) : Lines(report, tally);
        foreach (TextLine line in lines)
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteAsync(line.Render(style) + "\n");
        }
    }

    private static List<TextLine> Lines(Report report, FindingCounter tally)
    {
        bool run = report.Head is RunDocument;
        bool shown = report.Context.WasShown;
        TextLine title = new(Visible.Escape(Wording.Identity(report.Head)), Paint: static (style, text) => style.Dim(text));
        ImmutableArray<FindingCounter.Group> groups = shown ? [.. tally.Groups.Where(static group => group.Finding.IsOfOutcome())] : tally.Groups;
        // What the plan said before the question is not said again.
        List<TextLine> rest =
        [
            .. shown ? Diagnostics(report.Head) : [.. Legend(tally), .. Guardrails(report.Head), .. Diagnostics(report.Head), .. Checks(report.Head, tally)],
            .. Figures(report.Head), new(Wording.Totals(report.Head, tally), Paint: static (style, text) => style.Bold(text)), .. End(report, tally),
        ];
        return [title, .. TextGroups.From(groups, run, MostLines - 1 - rest.Count), .. rest];
    }

    private static IEnumerable<TextLine> Legend(FindingCounter tally)
    {
        yield return TextLine.Blank;
        if (!tally.Signs.IsEmpty)
        {
            string tags = tally.HasTags ? "   #a1b2 equal marks mean equal numbers" : "";
            yield return new(string.Join("   ", tally.Signs.Select(s => $"{s.Letter()} {s.Meaning()}")) + tags, Paint: (style, text) => style.Dim(text));
        }
    }

    /// <summary>Guardrails that did not pass, and how many did.</summary>
    internal static IEnumerable<TextLine> Guardrails(ReportHeader head)
    {
        GuardrailVerdict[] speaking = [.. head.Guardrails.Where(g => g.Verdict != Verdict.Pass).OrderByDescending(g => g.Verdict)];
        foreach (GuardrailVerdict guardrail in speaking.Take(MostGuardrails))
        {
            yield return new(
                Visible.Escape($"{guardrail.Name} {guardrail.Verdict.Name()}: {guardrail.Message}{Wording.AllowOnce(guardrail)}"),
                Paint: guardrail.Verdict == Verdict.Blocked ? Bad : (style, text) => style.Warn(text));
        }

        string more = speaking.Length > MostGuardrails
            ? $", {Quantity.Of(speaking.Length - MostGuardrails, "more guardrail")} not passed, see --report FILE" : "";
        string? passed = GuardrailWords.Passed(head);
        if (passed is not null || more.Length > 0) yield return new($"Guardrails: {passed ?? "0 passed"}{more}.", Paint: (style, text) => style.Dim(text));
    }

    /// <summary>What is said of the plan or run as a whole.</summary>
    internal static IEnumerable<TextLine> Diagnostics(ReportHeader head)
    {
        foreach (Diagnostic diagnostic in head.Diagnostics.OrderBy(d => d.Severity).Take(MostDiagnostics))
        {
            yield return new($"{UserLines.Severity(diagnostic)}: {Visible.Escape(diagnostic.Message)}",
                Paint: diagnostic.Severity == Severity.Error ? Bad : null);
        }

        if (head.Diagnostics.Length > MostDiagnostics) yield return new($"… and {Quantity.Of(head.Diagnostics.Length - MostDiagnostics, "more message")}, see "
            + $"--report FILE");
    }

    private static IEnumerable<TextLine> Checks(ReportHeader head, FindingCounter tally)
    {
        foreach (CrossCheck check in CrossCheck.From(head, tally))
        {
            yield return new(Visible.Escape(check.Line(MostNames)), Paint: (style, text) => style.Dim(text));
        }

        if (Wording.OfWhatCanBeRead(head, tally) is { } note) yield return new(note, Paint: (style, text) => style.Dim(text));
    }

    private static IEnumerable<TextLine> Figures(ReportHeader head)
    {
        if (Wording.Cost(head) is { } cost) yield return new(Visible.Escape(cost), Paint: (style, text) => style.Dim(text));
    }

    private static IEnumerable<TextLine> End(Report report, FindingCounter tally)
    {
        Decision decision = Decision.From(report, tally);
        yield return TextLine.Blank;
        yield return new($"{Visible.Escape(Wording.Where(report.Head))}: {Visible.Escape(decision.Headline)}",
            Paint: (style, text) => Paint(style, decision.Mood, text));
        foreach (TextLine line in NextSteps.From(report, tally).SelectMany(NextLines.From)) yield return line;
    }

    private static string Bad(TextStyle style, string text) => style.Bad(text);

    internal static string Paint(TextStyle style, Mood mood, string text) => mood switch
    {
        Mood.Good => style.Good(text),
        Mood.Careful => style.Warn(text),
        Mood.Bad => style.Bad(text),
    };
}
