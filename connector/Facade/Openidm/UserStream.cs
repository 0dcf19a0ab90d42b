using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Paging;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Filters;
using ProvisioningConnector.Icf.Objects;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// The answer to one query. It is sent slice by slice, so that it never lies in memory as a whole; what fails before the first slice is an error with its
/// status, what fails later ends the envelope with <c>error</c> (docs/openidm.md#queries).
/// </summary>
internal sealed class UserStream(HttpContext context, TenantSession session, UserPath path, SystemCall call, UserView view)
{
    private const int Slice = 500;
    private const int SliceWithMethods = 160;
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);

    /// <summary>Sends the users that match.</summary>
    /// <param name="filter">Which users; null: all.</param>
    /// <param name="options">What is asked of each of them, and where to begin.</param>
    public async Task StreamAsync(Filter? filter, OperationOptions options)
    {
        if (call.Query.CountOnly)
        {
            await CountAsync(filter, options);
            return;
        }

        using Utf8JsonWriter json = new(_buffer, CrestJson.Options(call.Query.PrettyPrint));
        QueryResultWriter result = new(json, view.Shown.Projection);
        int slice = options.AttributesToGet is { } names && names.Any(UserAttributeTable.ShowsMethods) ? SliceWithMethods : Slice;
        int most = call.Query.Page.IsPaged ? call.Query.Page.Size : int.MaxValue;
        while (true)
        {
            SearchResult page;
            try
            {
                page = await session.Icf.SearchAsync(path.Class, filter, user => Add(result, user),
                    options with { PageSize = Math.Min(slice, most - result.Count) }, context.RequestAborted);
            }
            catch (ConnectorException problem) when (context.Response.HasStarted)
            {
                result.Fail((await ConnectorErrors.OfAsync(problem, view.Digests)).Error);
                break;
            }

            if (page.PagedResultsCookie is null || result.Count >= most)
            {
                result.End(new ResultPage(page.PagedResultsCookie, Total(page.PagedResultsCookie, result.Count)));
                break;
            }

            options = options with { PagedResultsCookie = page.PagedResultsCookie, PagedResultsOffset = 0 };
            await json.FlushAsync(CancellationToken.None);
            await SendAsync();
        }

        await json.FlushAsync(CancellationToken.None);
        await SendAsync();
    }

    /// <summary>Known only where one page has everything: the directory does not count what a filter leaves.</summary>
    private (CountPolicy, int)? Total(string? next, int count) =>
        call.Query.CountPolicy != CountPolicy.None && next is null && call.Query.Page.Cookie is null && (count > 0 || call.Query.Page.Offset == 0)
            ? (CountPolicy.Exact, call.Query.Page.Offset + count) : null;

    /// <summary>How many users match, found out by reading them all.</summary>
    private async Task CountAsync(Filter? filter, OperationOptions options)
    {
        options = options with { AttributesToGet = [], PageSize = Slice, PagedResultsCookie = null, PagedResultsOffset = 0 };
        long count = 0;
        while (true)
        {
            SearchResult page = await session.Icf.SearchAsync(path.Class, filter, _ =>
            {
                count++;
                return true;
            }, options, context.RequestAborted);
            if (page.PagedResultsCookie is null) break;
            options = options with { PagedResultsCookie = page.PagedResultsCookie };
            // As for a result: however long the whole takes, it moves, and who goes away ends it.
            context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        }

        await Answers.JsonAsync(context, json => QueryResultWriter.WriteCount(json, count));
    }

    private bool Add(QueryResultWriter result, ConnectorObject user)
    {
        if (view.IdsOnly) result.AddId(user.Uid.Value, null);
        else result.Add(ObjectJson.Write(user, view.Shown));
        return true;
    }

    private async Task SendAsync()
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = CrestJson.ContentType;
            // However long the whole takes: it moves, and who goes away ends it.
            context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        }

        await context.Response.Body.WriteAsync(_buffer.WrittenMemory, context.RequestAborted);
        _buffer.ResetWrittenCount();
    }
}

/// <summary>How users are shown in an answer.</summary>
/// <param name="Shown">Their attributes.</param>
/// <param name="IdsOnly">Nothing but ids.</param>
/// <param name="Digests">For what a problem shows.</param>
internal sealed record UserView(ShownFields Shown, bool IdsOnly, KeyedDigests Digests);
