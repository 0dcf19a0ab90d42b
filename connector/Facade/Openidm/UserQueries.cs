using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Paging;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Filters;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// Queries. The answer is sent slice by slice, so that it never lies in memory as a whole; what fails before the first slice is an error with its status,
/// what fails later ends the envelope with <c>error</c> (docs/openidm.md#queries).
/// </summary>
internal sealed class UserQueries
{
    private const int Slice = 500;
    private const int SliceWithMethods = 160;
    private readonly HttpContext _context;
    private readonly TenantSession _session;
    private readonly UserPath _path;
    private readonly SystemCall _call;
    private readonly ShownFields _shown;
    private readonly bool _idsOnly;
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);

    private UserQueries(HttpContext context, TenantSession session, UserPath path, SystemCall call, ShownFields shown, bool idsOnly) =>
        (_context, _session, _path, _call, _shown, _idsOnly) = (context, session, path, call, shown, idsOnly);

    public static async Task AnswerAsync(HttpContext context, UserPath path, SystemCall call)
    {
        context.Demand(path.Tenant, Right.Read);
        SystemQuery query = QuerySelector.OfSystemObject(call.Query.Selector).OrRefuse();
        Filter? filter = FilterTranslation.Of(query.Filter).OrRefuse();
        ImmutableArray<Icf.Objects.SortKey> sort = [.. call.Query.SortKeys.Select(key => new Icf.Objects.SortKey(FilterTranslation.Attribute(key.Field)
            .OrRefuse(), !key.Descending))];
        ShownFields shown = query.IdsOnly
            ? ShownFields.Of(call.Query.Fields) with { Attributes = [], NeedsRevision = false } : ShownFields.Of(call.Query.Fields);
        TenantSession session = await context.TenantAsync();
        UserQueries answer = new(context, session, path, call, shown, query.IdsOnly);
        OperationOptions options = shown.Options(context.Caller().Can(session.Settings.Name, Right.ReadFull)) with
        {
            SortKeys = sort, PagedResultsCookie = call.Query.Page.Cookie, PagedResultsOffset = call.Query.Page.Offset,
        };
        await answer.StreamAsync(filter, options);
    }

    private async Task StreamAsync(Filter? filter, OperationOptions options)
    {
        using Utf8JsonWriter json = new(_buffer, CrestJson.Options(_call.Query.PrettyPrint));
        QueryResultWriter result = new(json, _shown.Projection);
        int slice = options.AttributesToGet is { } names && names.Any(UserAttributeTable.ShowsMethods) ? SliceWithMethods : Slice;
        int most = _call.Query.Page.IsPaged ? _call.Query.Page.Size : int.MaxValue;
        while (true)
        {
            SearchResult page;
            try
            {
                page = await _session.Icf.SearchAsync(_path.Class, filter, user => Add(result, user),
                    options with { PageSize = Math.Min(slice, most - result.Count) }, _context.RequestAborted);
            }
            catch (ConnectorException problem) when (_context.Response.HasStarted)
            {
                result.Fail((await ConnectorErrors.OfAsync(problem, _context.Services().Shared.Digests)).Error);
                break;
            }

            if (page.PagedResultsCookie is null || result.Count >= most)
            {
                result.End(new ResultPage(page.PagedResultsCookie));
                break;
            }

            options = options with { PagedResultsCookie = page.PagedResultsCookie, PagedResultsOffset = 0 };
            await json.FlushAsync(CancellationToken.None);
            await SendAsync();
        }

        await json.FlushAsync(CancellationToken.None);
        await SendAsync();
    }

    private bool Add(QueryResultWriter result, ConnectorObject user)
    {
        if (_idsOnly) result.AddId(user.Uid.Value, null);
        else result.Add(ObjectJson.Of(user, _shown));
        return true;
    }

    private async Task SendAsync()
    {
        if (!_context.Response.HasStarted)
        {
            _context.Response.ContentType = CrestJson.ContentType;
            // However long the whole takes: it moves, and who goes away ends it.
            _context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        }

        await _context.Response.Body.WriteAsync(_buffer.WrittenMemory, _context.RequestAborted);
        _buffer.ResetWrittenCount();
    }
}
