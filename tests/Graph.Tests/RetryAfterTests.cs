using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Tests;

public class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase("0", 0)]
    [TestCase("10", 10)]
    [TestCase(" 10 ", 10)]
    [TestCase("1.5", 1.5)]
    [TestCase(".5", 0.5)]
    [TestCase("-3", 0)]
    [TestCase("99999999999", 86400)]
    [TestCase("Thu, 01 Jan 2026 12:00:30 GMT", 30)]
    [TestCase("Thursday, 01-Jan-26 12:00:30 GMT", 30)]
    [TestCase("Thu, 01 Jan 2026 11:00:00 GMT", 0)]
    [TestCase("2026-01-01T12:00:07Z", 7)]
    public void Seconds_decimals_and_dates_are_understood(string value, double seconds) =>
        Assert.That(RetryAfterHeader.Read(value, "", Now)?.TotalSeconds, Is.EqualTo(seconds).Within(1e-6));

    [TestCase("")]
    [TestCase("soon")]
    [TestCase("1,5")]
    [TestCase("NaN")]
    [TestCase("1e400")]
    public void What_says_nothing_is_nothing(string value) => Assert.That(RetryAfterHeader.Read(value, "", Now), Is.Null);

    [Test]
    public void A_date_is_counted_from_the_answers_own_date_so_that_a_wrong_clock_does_not_matter() =>
        Assert.That(RetryAfterHeader.Read("Thu, 01 Jan 2026 13:00:05 GMT", "Thu, 01 Jan 2026 13:00:00 GMT", Now), Is.EqualTo(TimeSpan.FromSeconds(5)));

    [FsCheck.NUnit.Property]
    public bool Nothing_makes_it_fail_or_leave_its_range(string? value, string? date) =>
        RetryAfterHeader.Read(value, date, Now) is not { } span || (span >= TimeSpan.Zero && span <= TimeSpan.FromDays(1));
}
