using System.Globalization;

namespace ProvisioningConnector.Engine.Records;

/// <summary>
/// A limit on a plan: a count, a percentage (rounded up, never below 10), <c>count|percent</c> = the lower, or none (docs/safety.md#limits).
/// Broken when the actual value is greater.
/// </summary>
/// <param name="Count">Absolute limit; null when there is none.</param>
/// <param name="Percent">Share of the population in percent; null when there is none. Applies from the minimum population on.</param>
public readonly record struct Limit(long? Count, decimal? Percent)
{
    /// <summary>No percentage ever means fewer than this.</summary>
    public const long LeastPercentage = 10;

    /// <summary>All digits of a percentage and no zeros behind them: what is shown is what is in force.</summary>
    private const string Shortest = "0.############################";

    public static Limit None => default;

    /// <summary>The number that must not be exceeded for this population; null for none.</summary>
    public long? For(long population, long minPopulation)
    {
        long? share = Percent is { } percent && population >= minPopulation
            ? Math.Max(LeastPercentage, (long)Math.Ceiling(population * percent / 100m))
            : null;
        return (Count, share) switch
        {
            ({ } count, { } part) => Math.Min(count, part),
            ({ } count, null) => count,
            (null, var part) => part,
        };
    }

    /// <summary>Reads <c>500</c>, <c>2%</c>, <c>500|2%</c> or <c>none</c>.</summary>
    public static bool TryParse(string text, out Limit limit)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (TryRead(text, out limit)) return true;
        limit = None;
        return false;
    }

    private static bool TryRead(string text, out Limit limit)
    {
        limit = None;
        if (string.Equals(text.Trim(), "none", StringComparison.OrdinalIgnoreCase)) return true;
        foreach (string piece in text.Split('|', StringSplitOptions.TrimEntries))
        {
            if (piece.EndsWith('%'))
            {
                if (limit.Percent is not null
                    || !decimal.TryParse(piece[..^1], NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite,
                        CultureInfo.InvariantCulture, out decimal percent)
                    || percent > 100m) return false;
                limit = limit with { Percent = percent };
            }
            else
            {
                if (limit.Count is not null || !long.TryParse(piece, NumberStyles.None, CultureInfo.InvariantCulture, out long count)) return false;
                limit = limit with { Count = count };
            }
        }

        return true;
    }

    public override string ToString() => (Count, Percent) switch
    {
        (null, null) => "none",
        ({ } count, null) => count.ToString(CultureInfo.InvariantCulture),
        (null, { } percent) => percent.ToString(Shortest, CultureInfo.InvariantCulture) + "%",
        ({ } count, { } percent) => string.Create(CultureInfo.InvariantCulture, $"{count}|{percent.ToString(Shortest, CultureInfo.InvariantCulture)}%"),
    };
}
