using System.Collections.Immutable;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

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

/// <summary>Finds out, at most every 10 s, however often it is asked.</summary>
internal sealed class ReadinessCheck(IApiKeys keys, TenantSessions sessions, ConnectorSettings settings, WorkInFlight work, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly ImmutableArray<string> _tenants = [.. settings.Tenants.Keys];
    private readonly SemaphoreSlim _one = new(1, 1);
    private Readiness? _last;
    private DateTimeOffset _at;

    public async ValueTask<Readiness> NowAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_last is null || time.GetUtcNow() - _at >= Fresh) (_last, _at) = (await LookAsync(cancellation), time.GetUtcNow());
            return _last with { IsStopping = work.Stopping.IsCancellationRequested };
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Readiness> LookAsync(CancellationToken cancellation)
    {
        string store = Readiness.Ok;
        try
        {
            await keys.FindAsync(string.Empty, cancellation);
        }
        catch (StoreException problem)
        {
            store = problem.Problem.ToString();
        }

        (string Code, string? Reason)[] states = await Task.WhenAll(_tenants.Select(t => TenantAsync(t, cancellation)));
        return new Readiness(
            false, store,
            _tenants.Zip(states).ToImmutableSortedDictionary(p => p.First, p => p.Second.Code, StringComparer.OrdinalIgnoreCase),
            _tenants.Zip(states).Where(p => p.Second.Reason is not null).ToImmutableSortedDictionary(p => p.First,
                p => p.Second.Reason ?? "", StringComparer.OrdinalIgnoreCase));
    }

    private async Task<(string Code, string? Reason)> TenantAsync(string name, CancellationToken cancellation)
    {
        try
        {
            TenantSession session = await sessions.OpenAsync(name, cancellation);
            await session.Reading.AuthenticateAsync(cancellation);
            return (Readiness.Ok, null);
        }
        catch (TenantException problem)
        {
            return (problem.Error.Code, $"{problem.Error.Message} {problem.Error.Advice}".TrimEnd());
        }
        catch (ProvisioningException problem)
        {
            return (problem.Code, null);
        }
        catch (StoreException problem)
        {
            return ($"store{problem.Problem}", null);
        }
    }
}
