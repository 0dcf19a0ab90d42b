using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Host.Cli;

/// <summary>What there is to say of a step at one moment.</summary>
/// <param name="Event"><c>begin</c>, <c>step</c> or <c>end</c>.</param>
/// <param name="At">When.</param>
/// <param name="Step">Which step.</param>
/// <param name="Done">Done so far, before an interruption included.</param>
/// <param name="Total">All there is; null when no one knows.</param>
/// <param name="Seconds">Since this process began the step.</param>
/// <param name="Rate">A second, lately (at the end: over the whole step); null when it is too early to say.</param>
/// <param name="Throttled">Calls answered 429 in this step.</param>
/// <param name="Calls">Calls sent in this step.</param>
/// <param name="HeldUntil">The service asked for quiet until then; null when it did not.</param>
internal sealed record ProgressSnapshot(
    string Event, DateTimeOffset At, RunStep Step, long Done, long? Total, double Seconds, double? Rate, long Throttled, long Calls, DateTimeOffset? HeldUntil)
{
    /// <summary>By the recent rate; null when no one knows how much there is, or nothing moves.</summary>
    public double? SecondsLeft => Event != "end" && Total is { } total && Rate is > 0 and var rate ? Math.Max(0, total - Done) / rate : null;

    /// <summary>Of the calls of this step, from 0 to 1.</summary>
    public double ThrottledShare => Calls == 0 ? 0 : (double)Throttled / Calls;

    /// <summary>One line of NDJSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        kind = "progress", @event = Event, at = At, step = Code(Step), done = Done, total = Total, seconds = Math.Round(Seconds, 1),
        rate = Rounded(Rate, 1), secondsLeft = Rounded(SecondsLeft, 0), throttled = Throttled,
        throttledShare = Math.Round(ThrottledShare, 4), heldUntil = HeldUntil,
    });

    /// <summary>One line for a person.</summary>
    public override string ToString()
    {
        string of = Total is { } all && all != Done ? $" of {Number(all)}" : string.Empty;
        string pace = Event == "end" ? $" in {Span(Seconds)}" : Rate is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $", {(rate < 10 ? Math.Round(rate, 1) : Math.Round(rate)):#,0.#}/s") : string.Empty;
        string left = SecondsLeft is { } seconds ? $", about {Span(seconds)} left" : string.Empty;
        string throttled = Throttled > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {Number(Throttled)} calls throttled ({100 * ThrottledShare:0.##} %)") : string.Empty;
        string held = HeldUntil is { } until
            ? string.Create(CultureInfo.InvariantCulture, $", the service asked to wait until {until.UtcDateTime:HH:mm:ss} UTC") : string.Empty;
        return $"{Words(Step)}: {Number(Done)}{of}{pace}{left}{throttled}{held}";
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Span(double seconds)
    {
        TimeSpan span = TimeSpan.FromSeconds(Math.Ceiling(seconds));
        return span.TotalHours >= 24
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h")
            : span.ToString("c", CultureInfo.InvariantCulture);
    }

    private static double? Rounded(double? number, int digits) => number is { } known ? Math.Round(known, digits) : null;

    private static string Code(RunStep step) => step switch
    {
        RunStep.Source => "source",
        RunStep.Directory => "directory",
        RunStep.Read => "read",
        RunStep.Guard => "guard",
        RunStep.Write => "write",
        RunStep.SecondPass => "secondPass",
    };

    private static string Words(RunStep step) => step switch
    {
        RunStep.Source => "reading the source",
        RunStep.Directory => "resolving users",
        RunStep.Read => "reading methods",
        RunStep.Guard => "checking guardrails",
        RunStep.Write => "writing",
        RunStep.SecondPass => "second pass",
    };
}
