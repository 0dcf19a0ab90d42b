using Microsoft.AspNetCore.HttpOverrides;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>What every request passes, in this order, before it reaches an endpoint.</summary>
internal static class FacadePipeline
{
    public static void Use(WebApplication app, FacadeServices services, IEnumerable<string> hosts)
    {
        RequestBounds bounds = new(services.Settings.Facade, hosts);
        app.Use(next => new ExceptionMiddleware(services, next).InvokeAsync);
        if (Forwarding(services) is { } forwarding) app.UseForwardedHeaders(forwarding);
        app.Use(next => context => context.Request.Path == Health.Live ? Health.LiveAsync(context) : next(context));
        app.Use(next => context => bounds.Refuse(context) is { } refused ? ErrorReply.WriteAsync(context, refused.Code, refused.Message) : next(context));
        app.Use(next => context => context.Request.Path == Health.Ready ? Health.ReadyAsync(context, services) : next(context));
        app.Use(next => context => StopGate.PassAsync(context, services.Work, next));
        app.Use(next => new CallerGate(services.Callers, next).InvokeAsync);
        app.UseRateLimiter();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.Use(next => new TenantGate(services, next).InvokeAsync);
    }

    /// <summary>Without known proxies forwarding headers mean nothing.</summary>
    private static ForwardedHeadersOptions? Forwarding(FacadeServices services)
    {
        if (services.Settings.Facade.KnownProxies.IsEmpty) return null;
        // As far back as one known proxy names another.
        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (System.Net.IPNetwork network in services.Settings.Facade.KnownProxies) options.KnownIPNetworks.Add(network);
        return options;
    }
}
