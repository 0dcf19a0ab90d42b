using System.Globalization;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>What the guardrails that count something share: limit, allowance, breach.</summary>
internal static class CountGuardrail
{
    /// <param name="name">Name in the configuration.</param>
    /// <param name="what">What is counted, plural, for the message.</param>
    /// <param name="actual">How many there are.</param>
    /// <param name="limit">The configured limit.</param>
    /// <param name="allowKey">Key of <c>--allow</c>.</param>
    /// <param name="allowed">What was allowed for this run.</param>
    /// <param name="population">What a percentage is of.</param>
    /// <param name="limits">All limits.</param>
    public static GuardrailVerdict Judge(
        string name, string what, long actual, Limit limit, string allowKey, long? allowed, long population, GuardrailLimits limits)
    {
        long? configured = limit.For(population, limits.MinPopulation);
        if (configured is not { } most) return new(name, Verdict.Pass, null, actual, null, Text($"{actual} {what}; no limit applies."));
        long effective = Math.Max(most, allowed ?? 0);
        if (actual <= effective)
        {
            string by = effective > most ? Text($" ({effective} allowed for this run)") : string.Empty;
            return new(name, Verdict.Pass, effective, actual, null, Text($"{actual} {what}, at most {most}{by}."));
        }

        string allow = Text($"--allow {allowKey}={actual}");
        string setting = Text($"{name} is '{limit}', which is {most} for {population} users");
        return limits.OnBreach switch
        {
            BreachPolicy.Stop => new(name, Verdict.Blocked, effective, actual, allow, Text(
                $"{actual} {what}, but at most {effective} may happen in one run ({setting}). Nothing is written. Check the source first; if the change is meant, run again with {allow}.")),
            BreachPolicy.Withhold => new(name, Verdict.Held, effective, actual, allow, Text(
                $"{actual} {what}, but at most {effective} may happen in one run ({setting}). They are all held, the rest is done. Check the source first; if the change is meant, run again with {allow}.")),
        };
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
