using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>
/// Sends figures and spans. Spans are ours only: those of the web server and of the HTTP client hold addresses, in which users are named
/// (docs/safety.md#secrecy).
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    /// <summary>Meters of the platform; their labels are routes, hosts and states.</summary>
    private static readonly string[] PlatformMeters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime",
        "Npgsql",
    ];

    private readonly MeterProvider _meters;
    private readonly TracerProvider _spans;

    private TelemetryExport(MeterProvider meters, TracerProvider spans) => (_meters, _spans) = (meters, spans);

    public static TelemetryExport Start(TelemetryTargets targets)
    {
        MeterProviderBuilder meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(TelemetryTargets.Resource)
            .AddMeter([Figures.Name, .. PlatformMeters]);
        TracerProviderBuilder spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(TelemetryTargets.Resource).AddSource(Figures.Name);
        if (targets.Collector is { } collector)
        {
            meters.AddOtlpExporter((options, reader) =>
            {
                collector.Set(options, "v1/metrics");
                if (collector.Interval is not { } interval) return;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)interval.TotalMilliseconds;
            });
            spans.AddOtlpExporter(options => collector.Set(options, "v1/traces"));
        }

        if (targets.AzureMonitor is not null)
        {
            meters.AddAzureMonitorMetricExporter(targets.Set);
            spans.AddAzureMonitorTraceExporter(targets.Set);
        }

        return new TelemetryExport(meters.Build(), spans.Build());
    }

    /// <summary>Sends what waits, for a short time.</summary>
    public void Dispose()
    {
        _meters.Dispose();
        _spans.Dispose();
    }
}
