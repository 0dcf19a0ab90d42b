using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>
/// A full list that lost more of its rows, or of its numbers of one type or one country, than it may since the last accepted one
/// of the same name: an export that broke off, a column that moved (docs/safety.md#guardrails). Lists of changes are not judged.
/// </summary>
internal static class SourceShrink
{
    private const long FewNumbers = 10;
    private const long SharePerFew = 100;

    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances)
    {
        if (limits.SourceShrink is { Count: null, Percent: null }) return Pass("Off: sources may shrink.");
        if (plan.IsDelta) return Pass("The source holds only changes, so its size says nothing.");
        if (plan.Source is not { } now) return Pass("The plan was not made from a source.");
        if (plan.LastAccepted is not { } last) return Pass("No full source of this name was accepted before, so there is nothing to compare with.");
        List<Loss> losses = [.. Losses(last.Census, now).Where(l => l.Gone > 0 && l.Before >= limits.MinPopulation)];
        long actual = losses.Select(l => l.Percent).DefaultIfEmpty(0).Max();
        long? limit = limits.SourceShrink.Percent is { } percent
            ? (long)Math.Floor(Math.Max(percent, allowances.SourceShrink ?? 0)) : limits.SourceShrink.Count;
        List<Loss> broken = [.. losses.Where(l => IsBroken(l, limits.SourceShrink) && !(l.Gone * 100m <= allowances.SourceShrink * l.Before))
            .OrderByDescending(l => l.Percent)];
        if (broken.Count == 0) return new(nameof(SourceShrink), Verdict.Pass, limit, actual, null,
            CountGuardrail.Text($"{Quantity.Of(now.Rows, "row")}; {last.Census.Rows:N0} in the last accepted source ({last.RunId})."));
        string allow = CountGuardrail.Text($"--allow sourceShrink={broken[0].Percent}");
        string what = string.Join("; ", broken.Take(3).Select(l => CountGuardrail.Text($"{l.What}: {l.Now:N0} instead of {l.Before:N0}, {l.Percent} % fewer")));
        return new(nameof(SourceShrink), Verdict.Blocked, limit, actual, allow, CountGuardrail.Text(
            $"The source shrank since it was last accepted ({last.At.UtcDateTime:yyyy-MM-dd HH:mm}Z, {last.RunId}): {what}")
            + CountGuardrail.Text($"{(broken.Count > 3 ? "; and more" : string.Empty)}. At most {limits.SourceShrink} may be missing (SourceShrink). ")
            + $"Nothing is written. Check that the export is complete and its columns are where they were; if the loss is intended, run again with {allow}.");
    }

    private static GuardrailVerdict Pass(string message) => new(nameof(SourceShrink), Verdict.Pass, null, null, null, message);

    private static bool IsBroken(Loss loss, Limit limit) =>
        (limit.Count is { } count && loss.Gone > count)
        || (limit.Percent is { } percent && loss.Gone * 100m > percent * loss.Before && loss.Gone > loss.Negligible);

    private static IEnumerable<Loss> Losses(SourceCensus before, SourceCensus now)
    {
        yield return new Loss("rows", before.Rows, now.Rows, 0);

        // In a large list a handful of numbers of one kind comes and goes by chance.
        long negligible = Math.Min(FewNumbers, (before.Numbers() + SharePerFew - 1) / SharePerFew);
        foreach (PhoneType type in Enum.GetValues<PhoneType>()) yield return new Loss($"{PhoneTypes.Name(type)} numbers",
            before.CountOf(type), now.CountOf(type), negligible);
        foreach ((string country, long count) in before.Countries) yield return new Loss($"{country} numbers",
            count, now.Countries.GetValueOrDefault(country), negligible);
    }

    /// <param name="What">What was counted.</param>
    /// <param name="Before">In the last accepted source.</param>
    /// <param name="Now">In this one.</param>
    /// <param name="Negligible">So many may always be missing.</param>
    private readonly record struct Loss(string What, long Before, long Now, long Negligible)
    {
        public long Gone => Before - Now;

        /// <summary>Rounded up, so that allowing it is enough.</summary>
        public long Percent => Before == 0 ? 0 : (Gone * 100 + Before - 1) / Before;
    }
}
