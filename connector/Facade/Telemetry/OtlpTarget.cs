using OpenTelemetry.Exporter;
using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>The collector to which telemetry goes (OTLP): the one of the configuration, or the one that OpenTelemetry's own variables name.</summary>
internal sealed class OtlpTarget
{
    private readonly TelemetrySettings _settings;

    private OtlpTarget(TelemetrySettings settings) => _settings = settings;

    /// <summary>How often figures are sent; null: as OpenTelemetry's variables say.</summary>
    public TimeSpan? Interval => _settings.Endpoint is null ? null : _settings.Interval;

    /// <returns>Null: no one names a collector.</returns>
    public static OtlpTarget? Find(TelemetrySettings settings) =>
        settings.Endpoint is not null || !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))
            ? new OtlpTarget(settings) : null;

    /// <param name="options">Filled from OpenTelemetry's variables.</param>
    /// <param name="path">The signal's path over HTTP, such as <c>v1/traces</c>.</param>
    public void Set(OtlpExporterOptions options, string path)
    {
        if (_settings.Endpoint is not { } endpoint) return;
        options.Protocol = _settings.Protocol switch
        {
            TelemetryProtocol.Grpc => OtlpExportProtocol.Grpc,
            TelemetryProtocol.HttpProtobuf => OtlpExportProtocol.HttpProtobuf,
        };
        // An address that is set in code is taken as it is, without the signal's path.
        options.Endpoint = _settings.Protocol == TelemetryProtocol.HttpProtobuf
            ? new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}") : endpoint;
        if (_settings.Headers is { } headers) options.Headers = headers;
    }
}
