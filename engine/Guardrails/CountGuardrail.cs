using System.Globalization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>Something that is counted against a limit.</summary>
/// <param name="Name">Name of the limit in the configuration.</param>
/// <param name="What">What is counted, plural, for the message.</param>
/// <param name="Actual">How many there are in this plan.</param>
/// <param name="Limit">The configured limit.</param>
/// <param name="AllowKey">Key of <c>--allow</c>.</param>
/// <param name="Allowed">What was allowed for this run.</param>
/// <param name="Past">How many earlier runs made, of one window's writes.</param>
internal readonly record struct Counted(
    string Name, string What, long Actual, Limit Limit, string AllowKey, long? Allowed, Func<AppliedWrites, long> Past);

/// <summary>What the guardrails that count something share: limit, what earlier runs used of it, allowance, breach.</summary>
internal static class CountGuardrail
{
    public static GuardrailVerdict Judge(in Counted it, PlanMeasures plan, GuardrailLimits limits)
    {
        if (it.Limit.For(plan.Population, limits.MinPopulation) is not { } most) return new(it.Name, Verdict.Pass, null, it.Actual, null, Text($"{it.Actual} {it.What}; no limit applies."));
        long effective = Math.Max(most, it.Allowed ?? 0);
        if (it.Actual > effective)
        {
            return Broken(it, effective, limits, Text(
                $"{it.Actual} {it.What}, but at most {effective} may happen in one run ({it.Name} is '{it.Limit}', which is {most} for {plan.Population} users)."));
        }

        // An allowance is for this run and its number, whatever was done before it.
        if (it.Actual > (it.Allowed ?? 0))
        {
            if (Window(it, "24 hours", "PerDay", limits.PerDay, it.Past(plan.Past.Day), most, limits) is { } day) return day;
            if (Window(it, "7 days", "PerWeek", limits.PerWeek, it.Past(plan.Past.Week), most, limits) is { } week) return week;
        }

        string by = effective > most ? Text($" ({effective} allowed for this run)") : string.Empty;
        string earlier = it.Past(plan.Past.Week) is > 0 and var used ? Text($" Earlier runs: {it.Past(plan.Past.Day)} within 24 hours, {used} within 7 days.") : string.Empty;
        return new(it.Name, Verdict.Pass, effective, it.Actual, null, Text($"{it.Actual} {it.What}, at most {most}{by}.{earlier}"));
    }

    /// <summary>Broken when this plan and what earlier runs applied are together more than so many times a run's limit (design 9).</summary>
    private static GuardrailVerdict? Window(in Counted it, string window, string setting, decimal times, long used, long most, GuardrailLimits limits)
    {
        decimal budget = Math.Floor(most * times);
        long left = (long)Math.Max(0, Math.Min(budget - used, long.MaxValue));
        if (it.Actual <= left) return null;
        return Broken(it, left, limits, Text(
            $"{it.Actual} {it.What}, and {used} in earlier runs within {window}: only {left} are left of the {budget} that may happen within {window} ({setting} is {times}, a run's {it.Name} is {most})."));
    }

    private static GuardrailVerdict Broken(in Counted it, long limit, GuardrailLimits limits, string why)
    {
        string allow = Text($"--allow {it.AllowKey}={it.Actual}");
        return limits.OnBreach switch
        {
            BreachPolicy.Stop => new(it.Name, Verdict.Blocked, limit, it.Actual, allow,
                $"{why} Nothing is written. Check the source first; if the change is meant, run again with {allow}."),
            BreachPolicy.Withhold => new(it.Name, Verdict.Held, limit, it.Actual, allow,
                $"{why} They are all held, the rest is done. Check the source first; if the change is meant, run again with {allow}."),
        };
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
