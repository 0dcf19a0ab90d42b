using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>A request shows that its connection is not silent.</summary>
internal sealed class FirstRequest(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Features.Get<SilentConnection>()?.EndSilence();
        return next(context);
    }
}
