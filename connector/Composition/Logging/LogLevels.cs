using Microsoft.Extensions.Logging;

namespace ProvisioningConnector.Composition.Logging;

/// <summary>What is logged of which category (docs/configuration.md#top-level); the same for every place to which logs go.</summary>
internal static class LogLevels
{
    /// <summary>Categories that never go below warnings: lines of the web server and of the HTTP client quote paths, in which users are named.</summary>
    private static readonly string[] Platform = ["Microsoft", "System", "Azure"];

    /// <summary>The least level of commands that log.</summary>
    public static LogLevel OfCommand => LogLevel.Debug;

    /// <summary>The least level of <c>serve</c>.</summary>
    public static LogLevel OfService(bool verbose) => verbose ? LogLevel.Debug : LogLevel.Information;

    /// <summary>The least level by category; of several that fit, the longest name counts.</summary>
    public static IEnumerable<(string Category, LogLevel Level)> ByCategory(LoggingSettings settings) =>
    [
        .. Platform.Where(category => !settings.Levels.ContainsKey(category)).Select(category => (category, LogLevel.Warning)),
        .. settings.Levels.Select(level => (level.Key, IsPlatform(level.Key) && level.Value < LogLevel.Warning ? LogLevel.Warning : level.Value)),
    ];

    private static bool IsPlatform(string category) =>
        Platform.Any(name => category.Equals(name, StringComparison.Ordinal) || category.StartsWith(name + ".", StringComparison.Ordinal));
}
