using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>
/// The status object, member by member in the documented order (docs/openidm.md#reconciliations): <c>total</c> is a text, <c>ended</c> is "" while active
/// (clients ask for its length), every situation is there. <c>message</c> and <c>isAnalysis</c> behind them are additions.
/// </summary>
internal static class ReconStatusJson
{
    public static void Write(Utf8JsonWriter json, ReconStatus status, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("_id", status.Id);
        json.WriteString("mapping", status.Mapping);
        json.WriteString("state", status.State.Name());
        json.WriteString("stage", status.Stage.Name());
        json.WriteString("stageDescription", status.Stage.Description());
        Progress(json, status);
        json.WriteStartObject("situationSummary");
        foreach (ReconSituation situation in ReconSituations.All) json.WriteNumber(situation.Name(), status.Situations.GetValueOrDefault(situation.Name()));
        json.WriteEndObject();
        json.WriteStartObject("statusSummary");
        json.WriteNumber("SUCCESS", status.Succeeded);
        json.WriteNumber("FAILURE", status.Failures);
        json.WriteEndObject();
        Durations(json, status);
        Parameters(json, status);
        json.WriteString("started", Instant(status.Started));
        json.WriteString("ended", status.Ended is { } ended ? Instant(ended) : string.Empty);
        json.WriteNumber("duration", Math.Max(0, (long)((status.Ended ?? now) - status.Started).TotalMilliseconds));
        json.WriteBoolean("isAnalysis", status.IsAnalysis);
        if (status.Message is { } message) json.WriteString("message", HttpWording.From(message));
        json.WriteEndObject();
    }

    private static void Progress(Utf8JsonWriter json, ReconStatus status)
    {
        json.WriteStartObject("progress");
        json.WriteStartObject("source");
        Existing(json, status.SourceRows);
        json.WriteEndObject();
        json.WriteStartObject("target");
        Existing(json, status.Targets);
        json.WriteNumber("created", 0);
        json.WriteNumber("unchanged", status.Unchanged);
        json.WriteNumber("updated", status.Updated);
        json.WriteNumber("deleted", 0);
        json.WriteEndObject();
        json.WriteStartObject("links");
        Existing(json, new ReconStatus.Progress(0, 0));
        json.WriteNumber("created", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Existing(Utf8JsonWriter json, ReconStatus.Progress progress)
    {
        json.WriteStartObject("existing");
        json.WriteNumber("processed", progress.Processed);
        json.WriteString("total", progress.Total?.ToString(CultureInfo.InvariantCulture) ?? "?");
        json.WriteEndObject();
    }

    private static void Durations(Utf8JsonWriter json, ReconStatus status)
    {
        json.WriteStartObject("durationSummary");
        foreach ((string metric, double milliseconds) in status.Durations)
        {
            double rounded = Math.Round(milliseconds);
            json.WriteStartObject(metric);
            json.WriteNumber("min", rounded);
            json.WriteNumber("max", rounded);
            json.WriteNumber("mean", rounded);
            json.WriteNumber("count", 1);
            json.WriteNumber("sum", rounded);
            json.WriteNumber("stdDev", 0);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Parameters(Utf8JsonWriter json, ReconStatus status)
    {
        json.WriteStartObject("parameters");
        Query(json, "sourceQuery", ReconResources.Source(status.Source));
        Query(json, "targetQuery", ReconResources.Target(status.Tenant));
        json.WriteStartArray("sourceIds");
        foreach (string id in status.SourceId is { } one ? [one] : status.SourceIds) json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Query(Utf8JsonWriter json, string name, string resource)
    {
        json.WriteStartObject(name);
        json.WriteString("resourceName", resource);
        json.WriteString("queryFilter", "true");
        json.WriteEndObject();
    }

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
