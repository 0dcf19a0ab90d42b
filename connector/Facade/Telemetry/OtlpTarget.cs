using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>The collector to which telemetry goes (OTLP): the one of the configuration, or the one that OpenTelemetry's own variables name.</summary>
internal sealed class OtlpTarget
{
    private readonly TelemetrySettings? _settings;

    private OtlpTarget(TelemetrySettings? settings) => _settings = settings;

    /// <summary>How often figures are sent; null: as OpenTelemetry's variables say.</summary>
    public TimeSpan? Interval => _settings?.Interval;

    /// <summary>Who sends.</summary>
    public static ResourceBuilder Resource => ResourceBuilder.CreateDefault()
        .AddService("provision", serviceVersion: Identity.ToolVersion, serviceInstanceId: Environment.MachineName).AddEnvironmentVariableDetector();

    /// <param name="settings">The section <c>Facade:Telemetry</c>; null: OpenTelemetry's variables decide.</param>
    /// <returns>Null: no one names a collector, or telemetry is switched off.</returns>
    public static OtlpTarget? Find(TelemetrySettings? settings)
    {
        bool isOff = string.Equals(Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        bool isNamed = settings is not null || !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"));
        return isNamed && !isOff ? new OtlpTarget(settings) : null;
    }

    /// <param name="options">Filled from OpenTelemetry's variables.</param>
    /// <param name="path">The signal's path over HTTP, such as <c>v1/traces</c>.</param>
    public void Set(OtlpExporterOptions options, string path)
    {
        if (_settings is not { } settings) return;
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
