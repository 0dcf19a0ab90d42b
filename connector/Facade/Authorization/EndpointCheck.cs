using Microsoft.AspNetCore.Authorization;

namespace ProvisioningConnector.Facade.Authorization;

/// <summary>Every endpoint demands a right, or says that it is for every caller, and none says that it is for anonymous ones: checked before the
/// service listens.</summary>
internal static class EndpointCheck
{
    /// <exception cref="InvalidOperationException">Some endpoint does not.</exception>
    public static void Check(IEndpointRouteBuilder routes)
    {
        string[] open = [.. routes.DataSources.SelectMany(static source => source.Endpoints).Where(IsOpen).Select(static e => e.DisplayName ?? "?")];
        if (open.Length > 0) throw new InvalidOperationException($"Endpoints that demand no right: {string.Join(", ", open)}.");
    }

    private static bool IsOpen(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<RequireRightAttribute>() is null;
}
