using System.Collections.Immutable;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Filters;
using ProvisioningConnector.Icf.Objects;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Queries of users (docs/openidm.md#queries).</summary>
internal sealed class UserQueries(RequestTenants tenants, KeyedDigests digests)
{
    public async Task AnswerAsync(HttpContext context, UserPath path, SystemCall call)
    {
        context.Demand(path.Tenant, Right.Read);
        SystemQuery query = QuerySelector.OfSystemObject(call.Query.Selector).OrRefuse();
        Filter? filter = FilterTranslation.Translate(query.Filter).OrRefuse();
        ImmutableArray<Icf.Objects.SortKey> sort = [.. call.Query.SortKeys.Select(key => new Icf.Objects.SortKey(FilterTranslation.Attribute(key.Field)
            .OrRefuse(), !key.Descending))];
        ShownFields shown = query.IdsOnly
            ? ShownFields.From(call.Query.Fields) with { Attributes = [], NeedsRevision = false } : ShownFields.From(call.Query.Fields);
        TenantSession session = await tenants.OpenAsync(context);
        UserStream answer = new(context, session, path, call, new UserView(shown, query.IdsOnly, digests));
        OperationOptions options = shown.Options(context.Caller().Can(session.Settings.Name, Right.ReadFull)) with
        {
            SortKeys = sort,
            PagedResultsCookie = call.Query.Page.Cookie,
            PagedResultsOffset = call.Query.Page.Offset,
        };
        await answer.StreamAsync(filter, options);
    }
}
