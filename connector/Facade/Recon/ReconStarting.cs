using System.Collections.Immutable;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Openidm;

namespace ProvisioningConnector.Facade.Recon;

/// <summary><c>POST /openidm/recon?_action=recon|reconById</c>: reads what is asked for, starts it, and answers at once or when it has ended.</summary>
internal sealed class ReconStarting(ReconRegistry recons, RequestTenants tenants, RequestBodies bodies, ReplyDeadline deadline, FacadeSettings settings)
{
    private const int MostIds = 1000;
    private static readonly KnownActions Actions = new(["recon", "reconById"],
        ["mapping", "waitForCompletion", "analyze", "persistAssociations", "ids", "id"]);

    public async Task StartAsync(HttpContext context)
    {
        if (!Read(context).Succeeded(out ReconRequest? asked, out CrestError? wrong) || await BodyAsync(context) is { } refused
            && (wrong = refused) is not null)
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        context.Demand(asked.Start.Mapping.Tenant, asked.Start.Analyze ? Right.Plan : Right.Phones);
        ReconJob recon = recons.Start(await tenants.OpenAsync(context, asked.Start.Mapping.Tenant), asked.Start);
        // It goes on in any case, also when the caller has left.
        await deadline.UntilAsync(context, asked.Wait ? recon.Ended : recon.Begun, asked.Wait ? settings.RequestTimeout * 0.9 : settings.ReplyWithin);
        if (recon.NotBegun is { } failed)
        {
            await ErrorReply.WriteAsync(context, failed.Code, failed.Message,
                failed.Code == StatusCodes.Status503ServiceUnavailable ? TimeSpan.FromSeconds(5) : null);
            return;
        }

        ReconStatus status = recon.Status;
        await ObjectAnswers.ObjectAsync(context, asked.Query, json =>
        {
            json.WriteStartObject();
            json.WriteString("_id", status.Id);
            // Anyone who does not wait asks for the status afterwards.
            json.WriteString("state", (asked.Wait ? status.State : ReconState.Active).Name());
            if (asked.Wait && status.Message is { } message) json.WriteString("message", HttpWording.From(message));
            json.WriteEndObject();
        });
    }

    private Parsed<ReconRequest> Read(HttpContext context) => RequestQuery.OfAction(context, Actions).Then<ReconRequest>(query =>
    {
        string action = query.Action ?? string.Empty;
        bool byId = action.Equals("reconById", StringComparison.OrdinalIgnoreCase);
        if (!byId && query.Additional.Any(p => p.Key is "ids" or "id")) return RequestQuery.Bad("The request parameter 'ids' is not valid with _action=recon. "
            + "Nothing was done. Use _action=reconById.");
        if (!query.ValueOf("mapping").Succeeded(out string? name, out CrestError? wrong) && wrong is not null) return wrong;
        if (string.IsNullOrEmpty(name)) return RequestQuery.Bad($"Action {action} requires a parameter 'mapping' with the name of the mapping to reconcile");
        if (!Ids(query, byId).Succeeded(out ImmutableArray<string> ids, out wrong) && wrong is not null) return wrong;
        if (!RequestQuery.Flag(query, "waitForCompletion").Succeeded(out bool wait, out wrong)) return wrong;
        if (!RequestQuery.Flag(query, "analyze").Succeeded(out bool analyze, out wrong)) return wrong;
        if (!RequestQuery.Flag(query, "persistAssociations").Succeeded(out bool persist, out wrong)) return wrong;
        Caller caller = context.Caller();
        // A mapping of a tenant that the caller does not see is no mapping.
        if (!settings.Mappings.TryGetValue(name, out MappingSettings? mapping) || !caller.CanAccess(mapping.Tenant))
        {
            return new CrestError(CrestStatus.Conflict, $"Unknown mapping {SafeQuote.Quote(name, "(its name is not repeated here)")}. Nothing was done.");
        }

        bool keep = persist || !query.Additional.Any(p => p.Key == "persistAssociations");
        return new ReconRequest(query, wait,
            new ReconStart(name, mapping, analyze || query.DryRun == true, keep, ids, caller, context.Correlation().Logged)
            {
                Allowance = RequestAllowance.Read(context, mapping.Tenant),
            });
    });

    /// <summary>Several are separated by commas, or the parameter is sent several times.</summary>
    private static Parsed<ImmutableArray<string>> Ids(CrestQuery query, bool byId)
    {
        if (!byId) return ImmutableArray<string>.Empty;
        string[] names = [.. query.Additional.Select(p => p.Key).Where(key => key is "ids" or "id").Distinct(StringComparer.Ordinal)];
        if (names.Length > 1) return RequestQuery.Bad("The request parameters 'ids' and 'id' exclude each other. Nothing was done.");
        ImmutableArray<string> ids =
        [
            .. query.Additional.Where(p => p.Key is "ids" or "id")
                .SelectMany(p => p.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        if (ids.Length > MostIds) return RequestQuery.Bad($"At most {MostIds} identifiers can be reconciled at once. Nothing was done.");
        return ids.IsEmpty ? RequestQuery.Bad("Action reconById requires a parameter 'ids' with the identifier(s) to reconcile") : ids;
    }

    private async Task<CrestError?> BodyAsync(HttpContext context)
    {
        RequestBody body = await bodies.ReadAsync(context, BodyDialect.Crest);
        return RequestBody.Refusal(context.Request, BodyDialect.Crest, body.Bytes.Length > 0) ?? ReconOverrides.Check(body);
    }

    private sealed record ReconRequest(CrestQuery Query, bool Wait, ReconStart Start);
}
