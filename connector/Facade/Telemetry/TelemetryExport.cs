using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>
/// Sends figures and spans to a collector. Spans are ours only: those of the web server and of the HTTP client hold addresses, in which users are named
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

    public static TelemetryExport Start(OtlpTarget target)
    {
        MeterProvider meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(OtlpTarget.Resource).AddMeter([Figures.Name, .. PlatformMeters])
            .AddOtlpExporter((options, reader) =>
            {
                target.Set(options, "v1/metrics");
                if (target.Interval is { } interval) reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)interval.TotalMilliseconds;
            })
            .Build();
        TracerProvider spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(OtlpTarget.Resource).AddSource(Figures.Name)
            .AddOtlpExporter(options => target.Set(options, "v1/traces")).Build();
        return new TelemetryExport(meters, spans);
    }

    /// <summary>Sends what waits, for a short time.</summary>
    public void Dispose()
    {
        _meters.Dispose();
        _spans.Dispose();
    }
}
