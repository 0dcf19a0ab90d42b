using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>A change of one user for a terminal: what changes, why not, and how it ended, in a few lines.</summary>
internal static class OneUserText
{
    /// <summary>So many changes have a line of their own; more of them share one.</summary>
    private const int MostLines = 3;

    public static IEnumerable<TextLine> Lines(Report report, FindingCounter tally)
    {
        UserEntry? user = tally.Groups is [{ First: [var one, ..] }, ..] ? one : null;
        Decision decision = Decision.From(report, tally);
        foreach (TextLine line in user is null || report.Context.WasShown ? [] : Changes(user)) yield return line;
        foreach (TextLine line in user is null ? [] : Reasons(user, report.Context.WasShown)) yield return line;
        // Others are said of the user.
        GuardrailVerdict[] blocked = [.. report.Head.Guardrails.Where(static g => g.Verdict == Verdict.Blocked)];
        foreach (TextLine line in TextReport.Guardrails(report.Head with { Guardrails = [.. blocked] })) yield return line;
        foreach (TextLine line in TextReport.Diagnostics(report.Head)) yield return line;
        if (report.Context.IsQuestion) yield break;
        string name = user is { User.Length: > 0 } ? $"{user.User} in " : "";
        yield return new(Visible.Escape($"{name}{Wording.Where(report.Head)}: {decision.Headline}"),
            Paint: (style, text) => TextReport.Paint(style, decision.Mood, text));
        foreach (TextLine line in NextSteps.From(report, tally).SelectMany(NextLines.From)) yield return line;
    }

    private static IEnumerable<TextLine> Changes(UserEntry user)
    {
        ImmutableArray<Change> changes = [.. Change.From(user)];
        string methods = user.MethodsBefore is { } before && Judgement.Final(user) is { } after && before != after
            ? $" ({before} → {Quantity.Of(after, "usable method")})" : "";
        switch (changes)
        {
            case []:
                break;
            case [var change]:
                yield return new($"{UserLines.Name(user)}: {change.Sign.Letter()} {UserLines.Text(change)}{methods}");
                break;
            case { Length: <= MostLines }:
                yield return new($"{UserLines.Name(user)}{methods}");
                foreach (Change change in changes) yield return new(UserLines.Text(change), change.Sign, 2);
                break;
            default:
                yield return new($"{UserLines.Name(user)}{methods}");
                yield return new(string.Join(", ", changes.Select(static change => $"{change.Sign.Letter()} {UserLines.Text(change)}")), null, 2);
                break;
        }
    }

    private static IEnumerable<TextLine> Reasons(UserEntry user, bool wasShown)
    {
        if (!wasShown)
        {
            foreach (TextLine line in UserLines.Held(user, 2)) yield return line;
            foreach (Diagnostic diagnostic in user.Diagnostics) yield return Note(diagnostic);
            yield break;
        }

        foreach (Change change in Change.From(user).Where(static c => c.Operations.Any(static o => o.Outcome is not OperationOutcome.Done)))
        {
            yield return new(UserLines.Text(change), change.Sign, 2);
        }

        foreach (Diagnostic diagnostic in user.Diagnostics) yield return Note(diagnostic);
    }

    private static TextLine Note(Diagnostic diagnostic) => new($"{UserLines.Severity(diagnostic)}: {Visible.Escape(diagnostic.Message)}", null, 2);
}
