using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>
/// Sends figures and spans to a collector (OTLP): to the one of the configuration, or to the one that OpenTelemetry's own variables name. The one file
/// that knows the telemetry library. Spans are ours only: those of the web server and of the HTTP client hold addresses, in which users are named
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

    /// <param name="settings">The section <c>Facade:Telemetry</c>; null: OpenTelemetry's variables decide.</param>
    /// <returns>Null: no one names a collector, or telemetry is switched off.</returns>
    public static TelemetryExport? Start(TelemetrySettings? settings)
    {
        if (IsTrue("OTEL_SDK_DISABLED") || (settings is null && !IsSet("OTEL_EXPORTER_OTLP_ENDPOINT"))) return null;
        ResourceBuilder resource = ResourceBuilder.CreateDefault()
            .AddService("provision", serviceVersion: Identity.ToolVersion, serviceInstanceId: Environment.MachineName).AddEnvironmentVariableDetector();
        MeterProvider meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter([Figures.Name, .. PlatformMeters])
            .AddOtlpExporter((options, reader) =>
            {
                if (settings is null) return;
                Set(options, settings, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.Interval.TotalMilliseconds;
            })
            .Build();
        TracerProvider spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Figures.Name)
            .AddOtlpExporter(options =>
            {
                if (settings is not null) Set(options, settings, "v1/traces");
            }).Build();
        return new TelemetryExport(meters, spans);
    }

    /// <summary>Sends what waits, for a short time.</summary>
    public void Dispose()
    {
        _meters.Dispose();
        _spans.Dispose();
    }

    private static bool IsSet(string variable) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));

    private static bool IsTrue(string variable) =>
        string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);

    private static void Set(OtlpExporterOptions options, TelemetrySettings settings, string path)
    {
        options.Protocol = settings.Protocol switch
        {
            TelemetryProtocol.Grpc => OtlpExportProtocol.Grpc,
            TelemetryProtocol.HttpProtobuf => OtlpExportProtocol.HttpProtobuf,
        };
        // An address that is set in code is taken as it is, without the signal's path.
        options.Endpoint = settings.Protocol == TelemetryProtocol.HttpProtobuf
            ? new Uri($"{settings.Endpoint.AbsoluteUri.TrimEnd('/')}/{path}") : settings.Endpoint;
        if (settings.Headers is { } headers) options.Headers = headers;
    }
}
