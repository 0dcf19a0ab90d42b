using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>Where telemetry goes: a collector (OTLP), Azure Monitor, or both.</summary>
/// <param name="Collector">The collector; null: none.</param>
/// <param name="AzureMonitor">Connection string of an Application Insights resource; null: none.</param>
internal sealed record TelemetryTargets(OtlpTarget? Collector, string? AzureMonitor)
{
    /// <summary>Azure Monitor's own variable.</summary>
    public const string AzureVariable = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Who sends.</summary>
    public static ResourceBuilder Resource => ResourceBuilder.CreateDefault()
        .AddService("provision", serviceVersion: Identity.ToolVersion, serviceInstanceId: Environment.MachineName).AddEnvironmentVariableDetector();

    /// <param name="settings">The section <c>Facade:Telemetry</c>; where it is silent, the variables of OpenTelemetry and of Azure Monitor count.</param>
    /// <returns>Null: there is no target, or telemetry is switched off.</returns>
    public static TelemetryTargets? Find(TelemetrySettings settings)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return null;
        string? azure = settings.AzureMonitor ?? Environment.GetEnvironmentVariable(AzureVariable);
        TelemetryTargets targets = new(OtlpTarget.Find(settings), string.IsNullOrWhiteSpace(azure) ? null : azure);
        return targets is { Collector: null, AzureMonitor: null } ? null : targets;
    }

    /// <summary>Everything is sent and nothing is kept on disk. The exporter adds no measurements of its own: they were not searched for names.</summary>
    public void Set(AzureMonitorExporterOptions options)
    {
        options.ConnectionString = AzureMonitor;
        options.DisableOfflineStorage = true;
        options.EnableLiveMetrics = false;
        options.TracesPerSecond = null;
        options.SamplingRatio = 1;
    }
}
