using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Openidm;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>
/// What a body may say (docs/openidm.md#reconciliations): nothing that would change what is read or widen
/// what is done, since a mapping is the configuration's. Values that
/// change nothing are accepted, as clients send them.
/// </summary>
internal static class ReconOverrides
{
    private static readonly string[] Names = ["sourceQuery", "targetQuery", "runTargetPhase",
        "allowEmptySourceSet", "sourceQueryFullEntry", "targetQueryFullEntry"];

    /// <summary>Null: the request may go on.</summary>
    public static CrestError? Check(RequestBody body) =>
        body.ObjectOrNothing().Succeeded(out JsonElement json, out CrestError? wrong)
        ? json.EnumerateObject().Select(Check).FirstOrDefault(e => e is not null) : wrong;

    private static CrestError? Check(JsonProperty property) => property.Name switch
    {
        "allowEmptySourceSet" when property.Value.ValueKind == JsonValueKind.True => new CrestError(CrestStatus.Forbidden,
            "allowEmptySourceSet is not supported: an empty source stops the run, so that an empty export never removes anything. Nothing was done. "
            + "Fix the source."),
        "runTargetPhase" when property.Value.ValueKind == JsonValueKind.True => RequestQuery.Bad(
            "runTargetPhase is not supported: users whom the source does not name are never touched. Nothing was done. Leave it out, or send false."),
        "allowEmptySourceSet" or "runTargetPhase" => property.Value.ValueKind is JsonValueKind.False or JsonValueKind.Null
            ? null : NotTrueOrFalse(property.Name),
        "sourceQueryFullEntry" or "targetQueryFullEntry" => property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null
            ? null : NotTrueOrFalse(property.Name),
        "sourceQuery" or "targetQuery" => property.Value.ValueKind == JsonValueKind.Null ? null : RequestQuery.Bad(
            $"{property.Name} cannot be overridden: source and tenant of a mapping are the configuration's (Facade:Mappings). Nothing was done. "
            + "Leave it out; for one row use _action=reconById."),
        _ => new CrestError(CrestStatus.BadRequest,
            $"The body has an unknown member {SafeQuote.Quote(property.Name, "(its name is not repeated here)")}. Nothing was done.",
            JsonSerializer.SerializeToElement(new { advice = NearestName.Advice(property.Name, Names) })),
    };

    private static CrestError NotTrueOrFalse(string name) => RequestQuery.Bad($"{name} is neither true nor false. Nothing was done.");
}
