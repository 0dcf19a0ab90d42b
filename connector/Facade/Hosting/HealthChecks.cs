using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>Registers what the service's health is made of: the store, and each tenant.</summary>
internal static class HealthChecks
{
    public const string Store = "store";

    /// <summary>In the data of a tenant's check: what is wrong and what to do.</summary>
    public const string Reason = "reason";

    private const string TenantPrefix = "tenant:";

    public static string Tenant(string name) => TenantPrefix + name;

    public static void Add(IServiceCollection services, ConnectorSettings settings)
    {
        IHealthChecksBuilder checks = services.AddHealthChecks().AddCheck<StoreHealth>(Store);
        // One tenant's problems must not take the service from the others.
        foreach (string name in settings.Tenants.Keys) checks.AddTypeActivatedCheck<TenantHealth>(Tenant(name), HealthStatus.Degraded, name);
    }
}

/// <summary>The store answers. Descriptions of checks are codes, since the platform logs them.</summary>
internal sealed class StoreHealth(IApiKeys keys) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await keys.FindAsync(string.Empty, cancellationToken);
            return HealthCheckResult.Healthy(Readiness.Ok);
        }
        catch (StoreException problem)
        {
            return HealthCheckResult.Unhealthy(problem.Problem.ToString());
        }
    }
}

/// <summary>A tenant can be worked with: it is open, and its token can be had.</summary>
internal sealed class TenantHealth(TenantSessions sessions, string name) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            TenantSession session = await sessions.OpenAsync(name, cancellationToken);
            await session.Reading.AuthenticateAsync(cancellationToken);
            return HealthCheckResult.Healthy(Readiness.Ok);
        }
        catch (TenantException problem)
        {
            return HealthCheckResult.Degraded(problem.Error.Code, data: new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [HealthChecks.Reason] = $"{problem.Error.Message} {problem.Error.Advice}".TrimEnd(),
            });
        }
        catch (ProvisioningException problem)
        {
            return HealthCheckResult.Degraded(problem.Code);
        }
        catch (StoreException problem)
        {
            return HealthCheckResult.Degraded($"store{problem.Problem}");
        }
    }
}
