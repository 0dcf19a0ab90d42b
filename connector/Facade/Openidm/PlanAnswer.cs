using System.Text.Json;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Html;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Answers a dry run with the plan's document (docs/documents.md#plan), masked; with the page to those who accept <c>text/html</c>.</summary>
internal static class PlanAnswer
{
    // The page's own policy, which lets only its own script and style run, is stricter than this.
    private const string PagePolicy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    public static async Task WriteAsync(HttpContext context, SystemCall call, RunResult.Planned planned, KeyedDigests digests)
    {
        Report report = DryRunReport.From(planned, digests, full: false);
        using MemoryStream body = new();
        if (WantsPage(context))
        {
            context.Response.Headers.ContentSecurityPolicy = PagePolicy;
            await HtmlReport.WriteAsync(report, body, "plan", shard: null, context.RequestAborted);
            await Answers.BytesAsync(context, Written(body), "text/html;charset=UTF-8");
            return;
        }

        await JsonReports.WriteAsync(report, body, context.RequestAborted);
        if (!call.Query.PrettyPrint)
        {
            await Answers.BytesAsync(context, Written(body), CrestJson.ContentType);
            return;
        }

        using JsonDocument document = JsonDocument.Parse(Written(body));
        await Answers.JsonAsync(context, document.RootElement.WriteTo);
    }

    private static ReadOnlyMemory<byte> Written(MemoryStream body) => body.GetBuffer().AsMemory(0, (int)body.Length);

    /// <summary>Named before JSON, as browsers do.</summary>
    private static bool WantsPage(HttpContext context)
    {
        string accept = context.Request.Headers.Accept.ToString();
        int page = accept.IndexOf("text/html", StringComparison.OrdinalIgnoreCase),
            json = accept.IndexOf("application/json", StringComparison.OrdinalIgnoreCase);
        return page >= 0 && (json < 0 || page < json);
    }
}
