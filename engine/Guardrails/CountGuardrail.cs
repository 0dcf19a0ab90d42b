using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>
/// The guardrails that count something: at most so many of it in one run, and so many times that within a day and a week. They share limit,
/// what earlier runs used of it, allowance and breach; a row of the table says what each one counts.
/// </summary>
internal static class CountGuardrail
{
    /// <summary>In the order in which verdicts are given.</summary>
    private static readonly ImmutableArray<Row> Table =
    [
        new("MaxDeletes", "deletion", "deletions", "deletes")
        {
            Count = summary => summary.Operations.Delete, LimitOf = limits => limits.MaxDeletes,
            AllowedBy = allowances => allowances.Deletes, Past = past => past.Delete,
            Withhold = (holds, why) => holds.WithAction(OperationAction.Delete, new(HoldCodes.MaxDeletes, false, why)),
        },
        new("MaxUpdates", "change of an existing value", "changes of existing values", "updates")
        {
            Count = summary => summary.Operations.Update, LimitOf = limits => limits.MaxUpdates,
            AllowedBy = allowances => allowances.Updates, Past = past => past.Update,
            Withhold = (holds, why) => holds.WithAction(OperationAction.Update, new(HoldCodes.MaxUpdates, false, why)),
        },
        new("MaxAdds", "addition", "additions", "adds")
        {
            Count = summary => summary.Operations.Add, LimitOf = limits => limits.MaxAdds, AllowedBy = allowances => allowances.Adds, Past = past => past.Add,
            Withhold = (holds, why) => holds.WithAction(OperationAction.Add, new(HoldCodes.MaxAdds, false, why)),
        },
        new("MaxLastPhone", "user would lose their last phone", "users would lose their last phone", "lastPhone")
        {
            Count = summary => summary.LosingLastPhone, LimitOf = limits => limits.MaxLastPhone,
            AllowedBy = allowances => allowances.LastPhone, Past = past => past.LastPhone,
            Withhold = (holds, why) => holds with { LastPhone = new(HoldCodes.MaxLastPhone, false, why) },
        },
    ];

    public static ImmutableArray<GuardrailVerdict> Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances) =>
        [.. Table.Select(row => Judge(new Counted(row, row.Count(plan.Summary), row.LimitOf(limits), row.AllowedBy(allowances)), plan, limits))];

    /// <summary>What a breach withholds of every user's plan; null when the guardrail is none of the table.</summary>
    public static Holds? Withheld(Holds holds, GuardrailVerdict verdict) =>
        Table.FirstOrDefault(row => row.Name == verdict.Name)?.Withhold(holds, verdict.Message);

    private static GuardrailVerdict Judge(in Counted it, PlanMeasures plan, GuardrailLimits limits)
    {
        if (it.Limit.For(plan.Population, limits.MinPopulation) is not { } most) return new(it.Row.Name,
            Verdict.Pass, null, it.Actual, null, Text($"{it.What}; no limit applies."));
        long effective = Math.Max(most, it.Allowed ?? 0);
        if (it.Actual > effective)
        {
            return Broken(it, effective, limits, Text(
                $"{it.What}, but at most {effective:N0} may happen in one run ")
                + Text($"({it.Row.Name} is '{it.Limit}', which is {most:N0} for {Quantity.Of(plan.Population, "user")})."));
        }

        // An allowance is for this run and its number, whatever was done before it.
        if (it.Actual > (it.Allowed ?? 0))
        {
            if (Window(it, "24 hours", "PerDay", limits.PerDay, it.Row.Past(plan.Past.Day), most, limits) is { } day) return day;
            if (Window(it, "7 days", "PerWeek", limits.PerWeek, it.Row.Past(plan.Past.Week), most, limits) is { } week) return week;
        }

        string by = effective > most ? Text($" ({effective:N0} allowed for this run)") : string.Empty;
        string earlier = it.Row.Past(plan.Past.Week) is > 0 and var used
            ? Text($" Earlier runs: {it.Row.Past(plan.Past.Day):N0} within 24 hours, {used:N0} within 7 days.") : string.Empty;
        return new(it.Row.Name, Verdict.Pass, effective, it.Actual, null, Text($"{it.What}, at most {most:N0}{by}.{earlier}"));
    }

    /// <summary>Broken when this plan and what earlier runs applied are together more than so many times a run's limit
    /// (docs/safety.md#limits-over-time).</summary>
    private static GuardrailVerdict? Window(in Counted it, string window, string setting, decimal times, long used, long most, GuardrailLimits limits)
    {
        decimal budget = Math.Floor(most * times);
        long left = (long)Math.Max(0, Math.Min(budget - used, long.MaxValue));
        if (it.Actual <= left) return null;
        return Broken(it, left, limits, Text(
            $"{it.What}, and {used:N0} in earlier runs within {window}: only {left:N0} of {budget:N0} are left ")
            + Text($"within {window} ({setting} is {times}, a run's {it.Row.Name} is {most:N0})."));
    }

    private static GuardrailVerdict Broken(in Counted it, long limit, GuardrailLimits limits, string why)
    {
        string allow = Text($"--allow {it.Row.AllowKey}={it.Actual}");
        return limits.OnBreach switch
        {
            BreachPolicy.Stop => new(it.Row.Name, Verdict.Blocked, limit, it.Actual, allow,
                $"{why} Nothing is written. Check the source first; if the change is intended, run again with {allow}."),
            BreachPolicy.Withhold => new(it.Row.Name, Verdict.Held, limit, it.Actual, allow,
                $"{why} They are all held, the rest is done. Check the source first; if the change is intended, run again with {allow}."),
        };
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>What one guardrail counts, and what its breach withholds.</summary>
    /// <param name="Name">Name of the limit in the configuration.</param>
    /// <param name="One">What is counted, for the message.</param>
    /// <param name="Many">Its plural.</param>
    /// <param name="AllowKey">Key of <c>--allow</c>.</param>
    private sealed record Row(string Name, string One, string Many, string AllowKey)
    {
        /// <summary>How many there are in a plan.</summary>
        public required Func<Summary, long> Count { get; init; }

        /// <summary>The configured limit.</summary>
        public required Func<GuardrailLimits, Limit> LimitOf { get; init; }

        /// <summary>What was allowed for this run; null for nothing.</summary>
        public required Func<Allowances, long?> AllowedBy { get; init; }

        /// <summary>How many earlier runs made, of one window's writes.</summary>
        public required Func<AppliedWrites, long> Past { get; init; }

        /// <summary>What is held of every user's plan when the limit is broken and <c>OnBreach</c> is <c>Withhold</c>, and why.</summary>
        public required Func<Holds, string, Holds> Withhold { get; init; }
    }

    /// <summary>A row with the numbers of one plan.</summary>
    private readonly record struct Counted(Row Row, long Actual, Limit Limit, long? Allowed)
    {
        public string What => Quantity.Of(Actual, Row.One, Row.Many);
    }
}
