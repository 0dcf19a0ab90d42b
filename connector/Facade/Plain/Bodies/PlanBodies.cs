using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>A record of a source (docs/sources.md#columns). It is read by the source's own reader; the properties describe it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DesiredState : IRequestBody<DesiredState>
{
    [Description("May be left out; otherwise the path's.")]
    public string? User { get; init; }

    [Description("number:type; slots not listed are removed. [] removes all.")]
    public IReadOnlyList<string>? Phones { get; init; }

    [Description("A number, or none.")]
    public string? Mobile { get; init; }

    [Description("A number, or none.")]
    public string? AlternateMobile { get; init; }

    [Description("A number, or none.")]
    public string? Office { get; init; }

    public string? Country { get; init; }

    [Description("An address, or none.")]
    public string? Email { get; init; }

    [Description("Kind of method to \"all\" or an array of ids.")]
    public JsonObject? Remove { get; init; }

    [AllowedValues("on", "off")]
    public string? SmsSignIn { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    /// <summary>As sent.</summary>
    [JsonIgnore]
    public JsonElement Record { get; init; }

    public static DesiredState Read(JsonElement body) => new() { Record = body };

    /// <summary>Numbers are not printed.</summary>
    public override string ToString() => nameof(DesiredState);
}

/// <summary>The plan document (docs/documents.md#plan), in as much as platforms need it.</summary>
internal sealed record PlanView
{
    public required string Kind { get; init; }

    public string? FormatVersion { get; init; }

    public required string PlanId { get; init; }

    public bool? Masked { get; init; }

    [Description("No guardrail blocks.")]
    public required bool Applyable { get; init; }

    public required JsonObject Summary { get; init; }

    public IReadOnlyList<JsonObject>? Guardrails { get; init; }

    public IReadOnlyList<DiagnosticView>? Diagnostics { get; init; }

    public required ImmutableArray<JsonObject> Users { get; init; }
}
