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
        double? percentage = share is not null && double.TryParse(share, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double value) ? value : null;
        TimeSpan? retryAfter = header("Retry-After") is { } text ? RetryAfterHeader.Read(text, header("Date"), now) : null;
        return percentage is null && retryAfter is null && header("x-ms-throttle-scope") is null
            ? default
            : new ThrottleSignal(percentage, retryAfter, header("x-ms-throttle-scope"), header("x-ms-throttle-information"));
    }
}
