using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>Gives a request the tenant that it is about, open for all requests of the process.</summary>
internal sealed class RequestTenants(ConnectorSettings settings, TenantSessions sessions, WorkInFlight work)
{
    /// <summary>The tenant that the route names.</summary>
    /// <exception cref="FacadeRefusal">404: no such tenant, or not for this caller.</exception>
    /// <exception cref="Engine.Ports.TenantException">It cannot be worked with now.</exception>
    public ValueTask<TenantSession> OpenAsync(HttpContext context)
    {
        string name = context.GetRouteValue(RequestCaller.TenantValue) as string ?? throw new InvalidOperationException("The route names no tenant.");
        return OpenAsync(context, name);
    }

    /// <summary>A tenant by name, for routes that name none.</summary>
    /// <inheritdoc cref="OpenAsync(HttpContext)"/>
    public async ValueTask<TenantSession> OpenAsync(HttpContext context, string name)
    {
        if (!context.Caller().CanAccess(name) || !settings.Tenants.ContainsKey(name)) throw FacadeRefusal.NotFound(context.Request.Path);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, work.Stopping);
        try
        {
            return await sessions.OpenAsync(name, end.Token);
        }
        catch (OperationCanceledException) when (work.Stopping.IsCancellationRequested)
        {
            throw FacadeRefusal.NotBegun();
        }
    }
}
