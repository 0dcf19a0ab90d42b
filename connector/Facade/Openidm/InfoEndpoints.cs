using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary><c>/openidm/info</c>: whether the service is up, which version it is, and who the caller is, as OpenIDM words them.</summary>
internal sealed class InfoEndpoints(ConnectorSettings settings) : IEndpoints
{
    private static readonly string[] Roles = ["internal/role/openidm-authorized"];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openidm/info/ping", PingAsync).ForEveryCaller();
        routes.MapGet("/openidm/info/login", LoginAsync).ForEveryCaller();
        routes.MapGet("/openidm/info/version", VersionAsync).ForEveryCaller();
    }

    private static Task PingAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(new { _id = "", _rev = "", shortDesc = "OpenIDM ready", state = "ACTIVE_READY" }, context.RequestAborted);

    private static Task VersionAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new { _id = "version", productBuildDate = "", productVersion = Identity.ToolVersion, productRevision = "" }, context.RequestAborted);

    private Task LoginAsync(HttpContext context)
    {
        Caller caller = context.Caller();
        string id = caller switch
        {
            Caller.Key key => key.Name,
            Caller.Jwt jwt => jwt.Subject,
            Caller.LoopbackAccount account => account.Name,
            _ => throw new InvalidOperationException($"A caller is of an unknown kind: {caller.GetType().Name}."),
        };
        IEnumerable<string> tenants = settings.Tenants.Keys.Where(caller.CanAccess).Order(StringComparer.Ordinal);
        Dictionary<string, IEnumerable<string>> rights = tenants.ToDictionary(t => t,
            t => Rights.All.Where(r => caller.Can(t, r)).Select(r => r.Name()), StringComparer.Ordinal);
        return context.Response.WriteAsJsonAsync(
            new { _id = "login", authenticationId = id, authorization = new { id, component = "internal/user", roles = Roles, rights } },
            context.RequestAborted);
    }
}
