using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>Whether the process can work.</summary>
/// <param name="IsStopping">A signal to stop has come.</param>
/// <param name="Store">"ok", or what is wrong with the store.</param>
/// <param name="Tenants">"ok", or the code of what is wrong, by tenant.</param>
/// <param name="Reasons">What is wrong and what to do, by tenant, for those that are not "ok" for the tenant's sake.</param>
internal sealed record Readiness(bool IsStopping, string Store, ImmutableSortedDictionary<string, string> Tenants,
    ImmutableSortedDictionary<string, string> Reasons)
{
    public const string Ok = "ok";

    /// <summary>The store answers and some tenant can be worked with: one tenant's problems must not take the service from the others.</summary>
    public bool IsReady => !IsStopping && Store == Ok && Tenants.ContainsValue(Ok);
}

/// <summary>What the health checks say, asked at most every 10 s, however often it is wanted.</summary>
internal sealed class ReadinessCheck(HealthCheckService checks, ConnectorSettings settings, WorkInFlight work, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _one = new(1, 1);
    private Readiness? _last;
    private DateTimeOffset _at;

    public async ValueTask<Readiness> NowAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_last is null || time.GetUtcNow() - _at >= Fresh) (_last, _at) = (Read(await checks.CheckHealthAsync(cancellation)), time.GetUtcNow());
            return _last with { IsStopping = work.Stopping.IsCancellationRequested };
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private Readiness Read(HealthReport report)
    {
        return new Readiness(
            false, Code(HealthChecks.Store),
            settings.Tenants.Keys.ToImmutableSortedDictionary(name => name, name => Code(HealthChecks.Tenant(name)), StringComparer.OrdinalIgnoreCase),
            settings.Tenants.Keys.Where(name => Reason(name) is not null)
                .ToImmutableSortedDictionary(name => name, name => Reason(name) ?? "", StringComparer.OrdinalIgnoreCase));

        // Without a code: the check itself went wrong.
        string Code(string check) => report.Entries[check] is { Exception: null, Description: { } code } ? code : "internalError";

        string? Reason(string tenant) => report.Entries[HealthChecks.Tenant(tenant)].Data.GetValueOrDefault(HealthChecks.Reason) as string;
    }
}
