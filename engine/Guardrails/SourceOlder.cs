using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>
/// A source from before the last accepted one of the same name: last month's list would bring last month's numbers back (docs/safety.md#guardrails).
/// The newest <c>asOf</c> decides where both have one and they differ; otherwise the date of the file.
/// </summary>
internal static class SourceOlder
{
    /// <summary>Files that were made together, and clocks that differ a little, say nothing.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromMinutes(1);

    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances)
    {
        if (!limits.SourceOlder) return Judged(Verdict.Pass, "Off: sources may be older than the last accepted one.");
        if (plan.Source is not { } now) return Judged(Verdict.Pass, "The plan was not made from a source.");
        if (plan.LastAccepted is not { } last) return Judged(Verdict.Pass, "No source of this name was accepted before, so there is nothing to compare with.");
        if (plan.SourceSha256 is { } sha && sha == last.Sha256) return Judged(Verdict.Pass, $"The source is the one that was last accepted ({last.RunId}).");
        if (Why(now, last.Census) is not { } why) return Judged(Verdict.Pass, $"The source is not older than the last accepted one ({last.RunId}).");
        if (allowances.SourceOlder) return Judged(Verdict.Pass, $"{why} That was allowed for this run.");
        return Judged(Verdict.Blocked,
            $"{why} It would restore old values. Nothing is written. Check the file; if it is the right one, "
            + "run again with --allow sourceOlder.") with
        { Allow = "--allow sourceOlder" };
    }

    private static GuardrailVerdict Judged(Verdict verdict, string message) => new(nameof(SourceOlder), verdict, null, null, null, message);

    private static string? Why(SourceCensus now, SourceCensus last)
    {
        if (now.NewestAsOf is { } newest && last.NewestAsOf is { } known && newest != known)
        {
            return newest < known ? CountGuardrail.Text($"The newest asOf of the source is {Text(newest)}, but {Text(known)} in the last accepted one.") : null;
        }

        return now.FileDate is { } written && last.FileDate is { } before && written < before - SameTime
            ? CountGuardrail.Text($"The file was last written at {Text(written)}, the last accepted one at {Text(before)}.")
            : null;
    }

    private static string Text(DateTimeOffset at) => CountGuardrail.Text($"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");
}
