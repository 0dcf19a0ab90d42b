using System.Security.Cryptography;
using System.Text;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>A page that lists the operations and sends requests: one file, nothing from elsewhere, and nothing runs in it but its own script.</summary>
internal static class PageEndpoint
{
    public const string Path = "/api/v1/";

    private static readonly string Style = Read("page.css");
    private static readonly string Script = Read("page.js");
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(Read("page.html").Replace("/*STYLE*/",
        Style, StringComparison.Ordinal).Replace("/*SCRIPT*/", Script, StringComparison.Ordinal));
    private static readonly string Policy =
        $"default-src 'none'; script-src '{Hash(Script)}'; style-src '{Hash(Style)}'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    public static async Task ServeAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = Page.Length;
        await context.Response.Body.WriteAsync(Page, context.RequestAborted);
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Read(string name)
    {
        using Stream stream = typeof(PageEndpoint).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
