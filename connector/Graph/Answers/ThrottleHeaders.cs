using System.Globalization;
using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>Reads what the headers of an answer, or of an item in a batch, say about the quota.</summary>
internal static class ThrottleHeaders
{
    /// <summary>The signal; the default one where the headers say nothing.</summary>
    /// <param name="header">The value of a header; null where it is missing.</param>
    /// <param name="now">Our clock.</param>
    public static ThrottleSignal Read(Func<string, string?> header, DateTimeOffset now)
    {
        string? share = header("x-ms-throttle-limit-percentage");
        double? percentage = share is not null
            && double.TryParse(share, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture, out double value) ? value : null;
        TimeSpan? retryAfter = header("Retry-After") is { } text ? RetryAfterHeader.Read(text, header("Date"), now) : null;
        return percentage is null && retryAfter is null && header("x-ms-throttle-scope") is null
            ? default
            : new ThrottleSignal(percentage, retryAfter, header("x-ms-throttle-scope"), header("x-ms-throttle-information"));
    }
}

/// <summary>Reads <c>Retry-After</c> as services write it: whole seconds, decimal seconds, or an HTTP date.</summary>
internal static class RetryAfterHeader
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long to stay away, 0 to one day; null when there is no value or it says nothing.</summary>
    /// <param name="value">The raw header.</param>
    /// <param name="date">The answer's <c>Date</c> header: a date is counted from it where it can be, so that a wrong clock here does not matter.</param>
    /// <param name="now">Our clock.</param>
    public static TimeSpan? Read(ReadOnlySpan<char> value, ReadOnlySpan<char> date, DateTimeOffset now)
    {
        value = value.Trim().Trim('"').Trim();
        if (value.IsEmpty) return null;
        if (double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
        {
            return double.IsFinite(seconds) ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds)) : null;
        }

        if (!TryDate(value, out DateTimeOffset until)) return null;
        if (TryDate(date, out DateTimeOffset sent) && until >= sent && until - sent <= Longest) return until - sent;
        return until <= now ? TimeSpan.Zero : until - now > Longest ? Longest : until - now;
    }

    // A date has a time of day: "1,5" is not the fifth of January.
    private static bool TryDate(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        date = default;
        return text.Contains(':')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out date);
    }
}
