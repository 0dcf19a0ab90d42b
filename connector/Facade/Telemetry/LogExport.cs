using OpenTelemetry.Logs;
using ProvisioningConnector.Composition.Logging;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>
/// Sends what is logged to the collector too, with the same levels by category. Scopes are left out: those of the web server hold the path of a request,
/// in which users are named (docs/safety.md#secrecy).
/// </summary>
internal static class LogExport
{
    /// <param name="logging">Where the log goes.</param>
    /// <param name="target">The collector; null: none, and nothing is added.</param>
    /// <param name="settings">Levels by category.</param>
    /// <param name="verbose">Debug lines too.</param>
    public static ILoggingBuilder AddOtlp(this ILoggingBuilder logging, OtlpTarget? target, LoggingSettings settings, bool verbose)
    {
        if (target is null) return logging;
        logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevels.OfService(verbose));
        foreach ((string category, LogLevel level) in LogLevels.ByCategory(settings)) logging.AddFilter<OpenTelemetryLoggerProvider>(category, level);
        return logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(OtlpTarget.Resource);
            options.IncludeScopes = false;
            options.IncludeFormattedMessage = true;
            options.AddOtlpExporter(exporter => target.Set(exporter, "v1/logs"));
        });
    }
}
