namespace ProvisioningConnector.Facade.Http;

/// <summary>Distinguishes requests of a person's browser from those of programs.</summary>
internal static class BrowserPage
{
    private static readonly string[] Paths = ["/api/v1", "/api/v1/scalar.js", "/api/v1/scalar.aspnetcore.js", "/api/v1/favicon.svg"];

    /// <summary>True for the page of the plain API and the files that it loads, where a browser asks for name and key.</summary>
    public static bool IsAsked(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && Paths.Contains(request.Path.Value?.TrimEnd('/'), StringComparer.OrdinalIgnoreCase);
}
