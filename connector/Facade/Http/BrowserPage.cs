namespace ProvisioningConnector.Facade.Http;

/// <summary>Distinguishes requests of a person's browser from those of programs.</summary>
internal static class BrowserPage
{
    /// <summary>True for the page of the plain API, where a browser asks for name and key.</summary>
    public static bool IsAsked(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && string.Equals(request.Path.Value?.TrimEnd('/'), "/api/v1", StringComparison.OrdinalIgnoreCase);
}
