using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ProvisioningConnector.Engine.Model;

/// <summary>The numbering plans by country.</summary>
public static class NumberingPlans
{
    private const int Letters = 26;

    private static readonly ImmutableArray<NumberingPlan?> ByLetters = Index();

    /// <summary>Every plan, by country code of ISO 3166.</summary>
    public static IEnumerable<NumberingPlan> All => ByLetters.OfType<NumberingPlan>();

    /// <summary>The plan of an ISO 3166 alpha-2 country in either case; blanks around it do not count, UK is taken as GB.</summary>
    public static bool TryGet(ReadOnlySpan<char> country, [NotNullWhen(true)] out NumberingPlan? plan)
    {
        plan = country.Trim() is [var first, var second] && char.IsAsciiLetter(first) && char.IsAsciiLetter(second)
            ? ByLetters[Slot(first, second)]
            : null;
        return plan is not null;
    }

    private static int Slot(char first, char second) => (((first | 0x20) - 'a') * Letters) + (second | 0x20) - 'a';

    private static ImmutableArray<NumberingPlan?> Index()
    {
        var plans = new NumberingPlan?[Letters * Letters];
        foreach (var row in NumberingPlanTable.Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var plan = Parse(row.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            plans[Slot(plan.Country[0], plan.Country[1])] = plan;
        }

        plans[Slot('U', 'K')] = plans[Slot('G', 'B')];
        return [.. plans];
    }

    // country code prefix trunk lengths, "-" for none, "?" for uncertain
    private static NumberingPlan Parse(string[] row)
    {
        var lengths = row[4] is "?" ? [0, 0] : row[4].Split('-').Select(Digits).ToArray();
        return new NumberingPlan(
            row[0],
            Digits(row[1]),
            row[2] is "?" ? null : row[2],
            row[3] is "-" ? [] : [.. row[3].Split('|')],
            lengths[0],
            lengths[^1]);
    }

    private static int Digits(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
