using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>The <c>detail</c> of an error: its code, and what programs need to know of a change
/// that was refused, held or done in part. Values are masked.</summary>
internal static class ChangeDetail
{
    /// <summary>Null when there is nothing to tell.</summary>
    public static async Task<JsonElement?> OfAsync(ConnectorException trouble, KeyedDigests digests)
    {
        if (trouble.Code is null && trouble.Change is null) return null;
        JsonElement? user = trouble.Change switch
        {
            ChangeResult.PartlyDone partly => await UserAsync(partly.Record, digests),
            ChangeResult.Unknown unknown => await UserAsync(unknown.Record, digests),
            ChangeResult.Cut cut => await UserAsync(cut.Record, digests),
            _ => null,
        };
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, CrestJson.Compact)) Write(json, trouble, user);
        Utf8JsonReader reader = new(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, ConnectorException trouble, JsonElement? user)
    {
        json.WriteStartObject();
        if (trouble.Code is { } code) json.WriteString("code", code);
        switch (trouble.Change)
        {
            case ChangeResult.OverLimit { Refusal: var refusal }:
                json.WriteString("guardrail", refusal.Budget.Measure.Guardrail());
                json.WriteString("window", refusal.Budget.Span.Name());
                json.WriteString("scope", refusal.Budget.Scope == WindowScope.Tenant ? "tenant" : "key");
                json.WriteNumber("limit", refusal.Budget.Most);
                json.WriteNumber("actual", refusal.Used + refusal.Asked);
                json.WriteString("allow", refusal.Budget.Measure.AllowKey());
                break;
            case ChangeResult.Held held:
                json.WriteStartArray("held");
                foreach (HeldPart part in held.Plan.Plan.Held)
                {
                    json.WriteStartObject();
                    json.WriteString("part", part.Part.Name());
                    json.WriteString("code", part.Code);
                    json.WriteBoolean("standing", part.Standing);
                    json.WriteString("message", part.Message);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            case ChangeResult.Invalid invalid:
                json.WriteStartArray("codes");
                foreach (string one in invalid.Diagnostics.Select(d => d.Code).Distinct(StringComparer.Ordinal)) json.WriteStringValue(one);
                json.WriteEndArray();
                break;
            case ChangeResult.PartlyDone partly:
                json.WriteString("runId", partly.Record.Run.RunId);
                break;
            case ChangeResult.Unknown unknown:
                json.WriteString("runId", unknown.Record.Run.RunId);
                break;
            case ChangeResult.Cut cut:
                json.WriteString("runId", cut.Record.Run.RunId);
                break;
        }

        foreach (string name in (string[])["operations", "held"])
        {
            if (user is not { } entry || !entry.TryGetProperty(name, out JsonElement value)) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <summary>The user as the run's document tells of him.</summary>
    private static async Task<JsonElement?> UserAsync(ChangeRecord record, KeyedDigests digests)
    {
        Report report = Report.Of(record.Run, cancellation => One(new RunUser(record.Plan, record.Result), cancellation), digests).Mask(digests);
        using MemoryStream text = new();
        await JsonReports.WriteAsync(report, text, CancellationToken.None);
        using JsonDocument document = JsonDocument.Parse(text.GetBuffer().AsMemory(0, (int)text.Length));
        return document.RootElement.GetProperty("users") is { } users && users.GetArrayLength() > 0 ? users[0].Clone() : null;
    }

#pragma warning disable CS1998 // A stream of one.
    private static async IAsyncEnumerable<RunUser> One(RunUser user, [EnumeratorCancellation] CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        yield return user;
    }
#pragma warning restore CS1998
}
