using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using ProvisioningConnector.Composition.Logging;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>
/// Sends what is logged too, with the same levels by category. Scopes are left out: those of the web server hold the path of a request,
/// in which users are named (docs/safety.md#secrecy).
/// </summary>
internal static class LogExport
{
    /// <param name="logging">Where the log goes.</param>
    /// <param name="targets">Where to; null: nowhere, and nothing is added.</param>
    /// <param name="settings">Levels by category.</param>
    /// <param name="verbose">Debug lines too.</param>
    public static ILoggingBuilder AddTelemetry(this ILoggingBuilder logging, TelemetryTargets? targets, LoggingSettings settings, bool verbose)
    {
        if (targets is null) return logging;
        logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevels.OfService(verbose));
        foreach ((string category, LogLevel level) in LogLevels.ByCategory(settings)) logging.AddFilter<OpenTelemetryLoggerProvider>(category, level);
        return logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(TelemetryTargets.Resource);
            options.IncludeScopes = false;
            options.IncludeFormattedMessage = true;
            if (targets.Collector is { } collector) options.AddOtlpExporter(exporter => collector.Set(exporter, "v1/logs"));
            if (targets.AzureMonitor is not null) options.AddAzureMonitorLogExporter(targets.Set);
        });
    }
}
