using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>Sends figures and spans to a collector (OTLP). The one file that knows the telemetry library.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private readonly MeterProvider _meters;
    private readonly TracerProvider _spans;

    private TelemetryExport(MeterProvider meters, TracerProvider spans) => (_meters, _spans) = (meters, spans);

    public static TelemetryExport Start(TelemetrySettings settings)
    {
        ResourceBuilder resource = ResourceBuilder.CreateEmpty()
            .AddService("provision", serviceVersion: Identity.ToolVersion, serviceInstanceId: Environment.MachineName);
        MeterProvider meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Figures.Name)
            .AddOtlpExporter((options, reader) =>
            {
                Set(options, settings, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.Interval.TotalMilliseconds;
            })
            .Build();
        TracerProvider spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(Figures.Name).AddOtlpExporter(options => Set(options, settings, "v1/traces")).Build();
        return new TelemetryExport(meters, spans);
    }

    /// <summary>Sends what waits, for a short time.</summary>
    public void Dispose()
    {
        _meters.Dispose();
        _spans.Dispose();
    }

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
