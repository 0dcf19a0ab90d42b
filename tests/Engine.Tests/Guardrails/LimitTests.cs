using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Guardrails;

public sealed class LimitTests
{
    [TestCase("500", 500L, null)]
    [TestCase("0", 0L, null)]
    [TestCase("2%", null, "2")]
    [TestCase("2 %", null, "2")]
    [TestCase("0%", null, "0")]
    [TestCase("0.5%", null, "0.5")]
    [TestCase("0.125%", null, "0.125")]
    [TestCase("100%", null, "100")]
    [TestCase("500|2%", 500L, "2")]
    [TestCase("2%|500", 500L, "2")]
    [TestCase(" 500 | 2% ", 500L, "2")]
    [TestCase("none", null, null)]
    [TestCase("None", null, null)]
    [TestCase(" NONE ", null, null)]
    public void A_limit_is_a_count_a_percentage_both_or_none(string text, long? count, string? percent)
    {
        Assert.That(Limit.TryParse(text, out Limit limit), Is.True);
        Assert.That(limit.Count, Is.EqualTo(count));
        Assert.That(limit.Percent, Is.EqualTo(percent is null ? null : decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(Limit.TryParse(limit.ToString(), out Limit again) && again == limit, Is.True, "what is shown reads back the same");
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("%")]
    [TestCase("-1")]
    [TestCase("-2%")]
    [TestCase("+5")]
    [TestCase("1.5")]
    [TestCase("1,000")]
    [TestCase("1e3")]
    [TestCase("100.01%")]
    [TestCase("2%%")]
    [TestCase("5|6")]
    [TestCase("5%|6%")]
    [TestCase("5|")]
    [TestCase("|5%")]
    [TestCase("5|6%|7")]
    [TestCase("none|5")]
    [TestCase("many")]
    [TestCase("٣")]
    [TestCase("99999999999999999999")]
    public void Anything_else_is_refused_and_leaves_no_half_limit(string text)
    {
        Assert.That(Limit.TryParse(text, out Limit limit), Is.False);
        Assert.That(limit, Is.EqualTo(Limit.None));
    }

    [TestCase("2%", 10_000, 200)]
    [TestCase("2%", 10_001, 201)]
    [TestCase("2%", 500, 10)]
    [TestCase("2%", 501, 11)]
    [TestCase("2%", 20, 10)]
    [TestCase("0%", 20, 10)]
    [TestCase("0%", 100_000, 10)]
    [TestCase("2%", 19, null)]
    [TestCase("2%", 0, null)]
    [TestCase("500|2%", 10_000, 200)]
    [TestCase("500|2%", 25_000, 500)]
    [TestCase("500|2%", 25_001, 500)]
    [TestCase("500|2%", 100_000, 500)]
    [TestCase("500|2%", 19, 500)]
    [TestCase("5|2%", 100, 5)]
    [TestCase("3", 10, 3)]
    [TestCase("0", 10, 0)]
    [TestCase("none", 10_000, null)]
    [TestCase("100%", 1_000_000, 1_000_000)]
    [TestCase("0.0001%", 1_000_000_000, 1000)]
    public void A_percentage_is_rounded_up_never_below_ten_applies_from_the_minimum_population_and_the_lower_counts(string text,
        long population, long? expected)
    {
        Assert.That(Limit.TryParse(text, out Limit limit), Is.True);
        Assert.That(limit.For(population, minPopulation: 20), Is.EqualTo(expected));
    }
}
