using System.Text.Json;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>Events of OpenIDM's audit topic <c>recon</c> (docs/openidm.md#audit).</summary>
internal static class AuditJson
{
    public static string[] Fields { get; } =
    [
        "_id", "transactionId", "timestamp", "eventName", "reconId", "mapping", "entryType", "situation", "action", "status", "linkQualifier", "reconciling",
        "sourceObjectId", "targetObjectId", "ambiguousTargetObjectIds", "message", "messageDetail", "exception",
    ];

    public static JsonElement Start(ReconStatus status) => Event(status, "start", "start", status.Started, new Parts { Message = Begun(status) });

    public static JsonElement Summary(ReconStatus status) => Event(status, "summary", "summary", status.Ended ?? status.Started,
        new Parts { Status = status.State.Name(), Message = status.Message is { } message ? Http.HttpWording.From(message) : status.Stage.Description() });

    /// <param name="status">The reconciliation.</param>
    /// <param name="entry">The entry as its association shows it to this caller.</param>
    public static JsonElement Entry(ReconStatus status, JsonElement entry) => Event(
        status, "entry", Text(entry, "_id") ?? "", status.Ended ?? status.Started, new Parts
        {
            Situation = Text(entry, "situation"), Action = Text(entry, "action"), Status = Text(entry, "status"), Message = Text(entry, "message"),
            Source = Text(entry, "sourceObjectId") is { } source ? $"{ReconResources.Source(status.Source)}/{source}" : null,
            Target = Text(entry, "targetObjectId") is { } target ? $"{ReconResources.Target(status.Tenant)}/{target}" : null,
        });

    private static JsonElement Event(ReconStatus status, string type, string id, DateTimeOffset at, Parts parts) => JsonSerializer.SerializeToElement(new
    {
        _id = $"{status.Id}-{id}", transactionId = status.Id, timestamp = ReconStatusJson.Instant(at), eventName = "recon", reconId = status.Id,
        mapping = status.Mapping, entryType = type, situation = parts.Situation, action = parts.Action, status = parts.Status,
        linkQualifier = parts.Source is null ? null : "default", reconciling = parts.Source is null ? null : "source",
        sourceObjectId = parts.Source, targetObjectId = parts.Target, ambiguousTargetObjectIds = (string?)null,
        message = parts.Message, messageDetail = (string?)null, exception = parts.Status == "FAILURE" ? parts.Message : null,
    });

    private static string Begun(ReconStatus status) => $"Reconciliation initiated by {(status.IsAnalysis ? "an analysis" : "a run")}";

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Parts
    {
        public string? Situation { get; init; }

        public string? Action { get; init; }

        public string? Status { get; init; }

        public string? Source { get; init; }

        public string? Target { get; init; }

        public string? Message { get; init; }
    }
}
