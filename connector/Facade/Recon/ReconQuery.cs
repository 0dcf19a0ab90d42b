using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Facade.Gate;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>The parameters of a request, read and judged: what a mistyped parameter would change is refused, not ignored.</summary>
internal static class ReconQuery
{
    public static CrestError Bad(string message) => new(CrestStatus.BadRequest, message);

    public static Parsed<CrestQuery> OfRead(HttpContext context) => Parse(context, new CrestRequest.Query(), []);

    public static Parsed<CrestQuery> OfDelete(HttpContext context) => Parse(context, new CrestRequest.Delete(RevisionCondition.Unconditional), []);

    public static Parsed<CrestQuery> OfAction(HttpContext context, IReadOnlyCollection<string> own) =>
        Parse(context, new CrestRequest.Action(string.Empty), own);

    /// <summary>The value of an action's own parameter that is true or false.</summary>
    public static Parsed<bool> Flag(CrestQuery query, string name) => query.ValueOf(name).Then<bool>(value => value?.ToUpperInvariant() switch
    {
        null => false,
        "TRUE" => true,
        "FALSE" => false,
        _ => ReconQuery.Bad($"The value of the request parameter '{name}' is neither true nor false. Nothing was done."),
    });

    private static Parsed<CrestQuery> Parse(HttpContext context, CrestRequest request, IReadOnlyCollection<string> own) =>
        ParameterReader.Read(context.Request.Query.SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? string.Empty))))
            .Then<CrestQuery>(query => ParameterRules.Check(request, query, own) is { } wrong
            ? wrong : request is CrestRequest.Query ? query : WithHeader(context, query));

    /// <summary>A dry run may be asked for by header too; here it becomes part of what is asked for.</summary>
    private static Parsed<CrestQuery> WithHeader(HttpContext context, CrestQuery query) =>
        context.Request.IsDryRunWrite(query.DryRun).Then<CrestQuery>(dry => query with { DryRun = dry });
}
