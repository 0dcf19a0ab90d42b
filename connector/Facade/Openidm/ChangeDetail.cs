using System.Buffers;
using System.Text.Json;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>The <c>detail</c> of an error: its code, and what programs need to know of a change
/// that was refused, held or done in part. Values are masked.</summary>
internal static class ChangeDetail
{
    /// <summary>Null when there is nothing to report.</summary>
    /// <param name="code">Stable code; null: none.</param>
    /// <param name="reply">What a change came to; null where there was none.</param>
    /// <param name="digests">Masks values.</param>
    public static async Task<JsonElement?> OfAsync(string? code, ChangeReply? reply, KeyedDigests digests)
    {
        if (code is null && reply is null) return null;
        JsonElement? user = reply?.Record is { } record ? await UserAsync(record, digests) : null;
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, CrestJson.Compact)) Write(json, code, reply, user);
        Utf8JsonReader reader = new(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, string? code, ChangeReply? reply, JsonElement? user)
    {
        json.WriteStartObject();
        if (code is not null) json.WriteString("code", code);
        if (reply is not null) Write(json, reply);
        foreach (string name in (string[])["operations", "held"])
        {
            if (user is not { } entry || !entry.TryGetProperty(name, out JsonElement value)) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ChangeReply reply)
    {
        if (reply.Limit is { } limit)
        {
            json.WriteString("guardrail", limit.Budget.Measure.Guardrail());
            json.WriteString("window", limit.Budget.Span.Name());
            json.WriteString("scope", limit.Budget.Scope == WindowScope.Tenant ? "tenant" : "key");
            json.WriteNumber("limit", limit.Budget.Most);
            json.WriteNumber("actual", limit.Used + limit.Asked);
            json.WriteString("allow", limit.Budget.Measure.AllowKey());
        }

        if (!reply.Held.IsEmpty)
        {
            json.WriteStartArray("held");
            foreach (HeldPart part in reply.Held)
            {
                json.WriteStartObject();
                json.WriteString("part", part.Part.Name());
                json.WriteString("code", part.Code);
                json.WriteBoolean("standing", part.Standing);
                json.WriteString("message", HttpWording.From(part.Message));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (!reply.Diagnostics.IsEmpty)
        {
            json.WriteStartArray("codes");
            foreach (string one in reply.Diagnostics.Select(d => d.Code).Distinct(StringComparer.Ordinal)) json.WriteStringValue(one);
            json.WriteEndArray();
        }

        if (reply.Record is { } record) json.WriteString("runId", record.Run.RunId);
    }

    /// <summary>The user as the run's document shows them.</summary>
    private static async Task<JsonElement?> UserAsync(ChangeRecord record, KeyedDigests digests)
    {
        Report report = Report.From(record.Run, _ => new[] { new RunUser(record.Plan, record.Result) }.ToAsyncEnumerable(), digests).Mask(digests);
        using MemoryStream text = new();
        await JsonReports.WriteAsync(report, text, CancellationToken.None);
        using JsonDocument document = JsonDocument.Parse(text.GetBuffer().AsMemory(0, (int)text.Length));
        return document.RootElement.GetProperty("users") is { } users && users.GetArrayLength() > 0 ? users[0].Clone() : null;
    }
}
