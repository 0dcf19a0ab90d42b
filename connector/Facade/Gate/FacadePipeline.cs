using System.Collections.Frozen;
using Microsoft.AspNetCore.HttpOverrides;
using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>What every request passes, in this order, before it reaches an endpoint.</summary>
internal static class FacadePipeline
{
    /// <param name="app">The web application.</param>
    /// <param name="settings">The service's.</param>
    /// <param name="hosts">Names by which clients may call.</param>
    public static void Use(WebApplication app, FacadeSettings settings, IEnumerable<string> hosts)
    {
        app.UseMiddleware<FirstRequest>();
        app.UseMiddleware<ExceptionMiddleware>();
        app.UseMiddleware<HealthListener>();
        if (Forwarding(settings) is { } forwarding) app.UseForwardedHeaders(forwarding);
        app.UseMiddleware<LiveHealth>();
        app.UseMiddleware<RequestBounds>(hosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase));
        app.UseMiddleware<ReadyHealth>();
        app.UseMiddleware<RootPage>();
        app.UseMiddleware<StopGate>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseAuthorization();
    }

    /// <summary>Without known proxies forwarding headers mean nothing.</summary>
    private static ForwardedHeadersOptions? Forwarding(FacadeSettings settings)
    {
        if (settings.KnownProxies.IsEmpty) return null;
        // As far back as one known proxy names another.
        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (System.Net.IPNetwork network in settings.KnownProxies) options.KnownIPNetworks.Add(network);
        return options;
    }
}
