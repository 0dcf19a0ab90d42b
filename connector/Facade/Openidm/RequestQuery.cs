using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>The parameters of a request, read and judged: what a mistyped parameter would change is refused, not ignored.</summary>
internal static class RequestQuery
{
    public static CrestError Bad(string message) => new(CrestStatus.BadRequest, message);

    public static Parsed<CrestQuery> OfRead(HttpContext context) => Parse(context, new CrestRequest.Query(), []);

    public static Parsed<CrestQuery> OfDelete(HttpContext context) => Parse(context, new CrestRequest.Delete(RevisionCondition.Unconditional), []);

    /// <summary>An action: one that there is not is named before its parameters.</summary>
    public static Parsed<CrestQuery> OfAction(HttpContext context, KnownActions actions) =>
        Pairs(context).Then(query => actions.Refusal(query.Action ?? string.Empty) is { } unknown ? unknown
            : Judged(context, query, new CrestRequest.Action(string.Empty), actions.Parameters));

    /// <summary>The value of an action's own parameter that is true or false.</summary>
    public static Parsed<bool> Flag(CrestQuery query, string name) => query.ValueOf(name).Then<bool>(value => value?.ToUpperInvariant() switch
    {
        null => false,
        "TRUE" => true,
        "FALSE" => false,
        _ => RequestQuery.Bad($"The value of the request parameter '{name}' is neither true nor false. Nothing was done."),
    });

    private static Parsed<CrestQuery> Parse(HttpContext context, CrestRequest request, IReadOnlyCollection<string> own) =>
        Pairs(context).Then(query => Judged(context, query, request, own));

    private static Parsed<CrestQuery> Pairs(HttpContext context) => ParameterReader.Read(PrettyPrint.Pairs(context.Request));

    private static Parsed<CrestQuery> Judged(HttpContext context, CrestQuery query, CrestRequest request, IReadOnlyCollection<string> own) =>
        ParameterRules.Check(request, query, own) is { } wrong ? wrong : request is CrestRequest.Query ? query : WithHeader(context, query);

    /// <summary>A dry run may be asked for by header too; here it becomes part of what is asked for.</summary>
    private static Parsed<CrestQuery> WithHeader(HttpContext context, CrestQuery query) =>
        context.Request.IsDryRunWrite(query.DryRun).Then<CrestQuery>(dry => query with { DryRun = dry });
}
