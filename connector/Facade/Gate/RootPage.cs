using System.Text;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>
/// <c>/</c>: where the page of the API and the health checks are, for a person who only knows the address. It is the same for everybody and names neither
/// product, version nor tenants. Credentials that are shown are checked as everywhere, so that this is no place to try them.
/// </summary>
internal sealed class RootPage(RequestDelegate next)
{
    public const string Path = "/";

    private static readonly byte[] Page = Encoding.UTF8.GetBytes("""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Where to go</title></head>
        <body>
        <h1>Where to go</h1>
        <ul>
        <li><a href="/api/v1/">Operations and their description</a> (needs a key)</li>
        <li><a href="/health/live">Health: the process answers</a></li>
        <li><a href="/health/ready">Health: it can work</a></li>
        </ul>
        </body>
        </html>

        """);

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path == Path && HttpMethods.IsGet(context.Request.Method) && CredentialReader.Read(context.Request.Headers) is Credentials.Nothing
            ? AnswerAsync(context) : next(context);

    public static Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return context.Response.WriteAsJsonAsync(
                new { operations = "/api/v1/", health = new { live = "/health/live", ready = "/health/ready" } }, context.RequestAborted);
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = Page.Length;
        return context.Response.Body.WriteAsync(Page, context.RequestAborted).AsTask();
    }
}

/// <summary>The same for callers with a key.</summary>
internal sealed class RootEndpoint : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(RootPage.Path, RootPage.AnswerAsync).ForEveryCaller();
}
