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
/// <param name="Held">Users of this step of whom something is held.</param>
/// <param name="Failed">Users of this step who could not be planned or written.</param>
/// <param name="HeldUntil">The service asked for quiet until then; null when it did not.</param>
internal sealed record ProgressSnapshot(
    string Event, DateTimeOffset At, RunStep Step, long Done, long? Total, double Seconds, double? Rate, long Throttled, long Calls,
    long Held, long Failed, DateTimeOffset? HeldUntil)
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
        throttledShare = Math.Round(ThrottledShare, 4), held = Held, failed = Failed, heldUntil = HeldUntil,
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
            ? string.Create(CultureInfo.InvariantCulture, $", the service asks to wait until {until.UtcDateTime:HH:mm:ss} UTC") : string.Empty;
        string users = $"{(Held > 0 ? $", {Number(Held)} held" : "")}{(Failed > 0 ? $", {Number(Failed)} failed" : "")}";
        return $"{Words(Step)}: {Number(Done)}{of}{pace}{left}{users}{throttled}{held}";
    }

    /// <summary>
    /// The same for a line that is drawn again and again, narrower than <paramref name="width"/>: what is least important goes where there is no room.
    /// </summary>
    /// <param name="width">Of the terminal.</param>
    /// <returns>Spectre's markup.</returns>
    public string ToBar(int width)
    {
        double? share = Total is > 0 and var all ? Math.Clamp((double)Done / all, 0, 1) : null;
        List<(string Text, string Colour, int Rank)> parts =
        [
            (share is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * percent),3:0} %") : "", "", 0),
            (Total is { } total ? $"{Number(Done)} of {Number(total)}" : Number(Done), "", 3),
            (Rate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{(rate < 10 ? Math.Round(rate, 1) : Math.Round(rate)):#,0.#}/s") : "", "", 5),
            (SecondsLeft is { } seconds ? $"{Span(seconds)} left" : "", "", 2),
            (Held > 0 ? $"{Number(Held)} held" : "", "yellow", 1),
            (Failed > 0 ? $"{Number(Failed)} failed" : "", "red", 1),
            (HeldUntil is { } until ? string.Create(CultureInfo.InvariantCulture, $"waiting until {until.UtcDateTime:HH:mm:ss} UTC") : "", "yellow", 4),
        ];
        parts.RemoveAll(static part => part.Text.Length == 0);
        int room = width - 1 - Words(Step).Length;
        int least = share is null ? 0 : LeastBar + 2;
        while (parts.Count > 0 && Length() + least > room) parts.Remove(parts.MaxBy(static part => part.Rank));
        int bar = Math.Min(MostBar, room - Length() - 2);
        int filled = (int)Math.Round(bar * (share ?? 0));
        string drawn = share is null ? "" : $"  [green]{new string('━', filled)}[/][dim]{new string('─', bar - filled)}[/]";
        return Words(Step) + drawn + string.Concat(parts.Select(static part => part.Colour.Length > 0 ? $"  [{part.Colour}]{part.Text}[/]" : $"  {part.Text}"));

        int Length() => parts.Sum(static part => part.Text.Length + 2);
    }

    private const int MostBar = 30;
    private const int LeastBar = 6;

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
