using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition;

/// <summary>Opens limits over time; recorded in the audit chain before it counts.</summary>
internal sealed class LimitOverrideService(IWriteWindows windows, AuditRecorder audit, TenantIdentity tenant, TimeProvider time)
{
    /// <exception cref="StoreException">The store does not work.</exception>
    public async Task<ImmutableArray<LimitOverride>> OpenAsync(
        ImmutableArray<(WindowMeasure Measure, long Number)> allow, TimeSpan duration, string approver, string reason, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        ImmutableArray<LimitOverride> openings =
            [.. allow.Select(a => new LimitOverride(Identity.NewId('o', now), tenant.Id.ToUpperInvariant(),
                a.Measure, a.Number, now, now + duration, approver, reason))];
        foreach (LimitOverride opening in openings)
        {
            await audit.OpensAsync(opening, cancellation);
            await windows.OpenAsync(opening, CancellationToken.None);
        }

        return openings;
    }

    /// <summary>The document of openings.</summary>
    public static void Write(Utf8JsonWriter json, string tenant, ImmutableArray<LimitOverride> openings)
    {
        json.WriteStartObject();
        json.WriteString("kind", "openings");
        json.WriteString("formatVersion", "1.0");
        json.WriteString("tenant", tenant);
        json.WriteStartArray("openings");
        foreach (LimitOverride opening in openings)
        {
            json.WriteStartObject();
            json.WriteString("openingId", opening.OpeningId);
            json.WriteString("allow", opening.Measure.AllowKey());
            json.WriteString("guardrail", opening.Measure.Guardrail());
            json.WriteNumber("number", opening.Number);
            json.WriteString("from", opening.From);
            json.WriteString("until", opening.Until);
            json.WriteString("approver", opening.Approver);
            json.WriteString("reason", opening.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
