using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Composition;

/// <summary>
/// One pair of gates per tenant and app for the whole process, because that is what the service meters: also where two configured tenants are the same one.
/// The first that opens decides the ceilings.
/// </summary>
internal sealed class SharedGates(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Pacer> _pacers = new(StringComparer.OrdinalIgnoreCase);

    public Pacer For(TenantSettings settings, GraphTenantOptions options, LearnedRates? learned)
    {
        string key = $"{options.Target.GetLeftPart(UriPartial.Authority)} {options.TenantId} {settings.Credential?.ClientId}";
        lock (_gate)
        {
            if (_pacers.TryGetValue(key, out Pacer? known)) return known;
            Pacer pacer = new(settings.Quota, time, learned);
            _pacers[key] = pacer;
            return pacer;
        }
    }
}
