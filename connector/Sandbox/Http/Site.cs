using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Http;

/// <summary>All that a handler may use. Handlers run one at a time, under the tenant's lock.</summary>
internal sealed class Site(SandboxTenant tenant, SandboxClock clock, int randomSeed)
{
    private ulong _random = DerivedId.Mix((ulong)randomSeed);
    private SandboxSettings? _override;
    private ReadLagSettings? _lag;

    public SandboxTenant Tenant { get; } = tenant;
    public SandboxSettings Settings => _override ?? Tenant.Settings;
    public SandboxClock Clock => clock;
    public TimeProvider Time => clock;
    public UserDirectory Directory => Tenant.Directory;
    public PasswordOperations Operations { get; } = new();
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The next number of the seed's sequence.</summary>
    public ulong NextRandom() => _random = DerivedId.Mix(_random);

    /// <summary>The root that links in answers begin with, with the version.</summary>
    public string LinkRoot(Call call) => (Settings.Links switch
    {
        Sandbox.Settings.LinkRoot.Own => call.Origin,
        Sandbox.Settings.LinkRoot.Foreign => "https://graph.example.net",
        Sandbox.Settings.LinkRoot.Graph => GraphRoot,
    }) + "/" + call.Version;

    public string GraphRoot => Settings.Cloud switch
    {
        SandboxCloud.Global => "https://graph.microsoft.com",
        SandboxCloud.UsGov => "https://graph.microsoft.us",
        SandboxCloud.UsGovDod => "https://dod-graph.microsoft.us",
        SandboxCloud.China => "https://microsoftgraph.chinacloudapi.cn",
    };

    public string Context(Call call, string of) => $"{GraphRoot}/{call.Version}/$metadata#{of}";

    /// <summary>Puts new credentials in place of the user's, writes the audit log and lets replicas lag.</summary>
    public void Write(Call call, UserCredentials next)
    {
        SandboxUser user = call.User;
        UserCredentials before = user.Credentials;
        call.Applied = true;
        if (call.BatchWrites is { } written && !written.Add(user) && Settings.Batch.LoseParallelWrites) return;
        user.Credentials = next;
        Tenant.History.Add(new CredentialChange(Now, user.Id, user.UserPrincipalName, call.Route.Kind, before, next));
        Tenant.Views.Written(user, before, Now, Settings, _lag);
        Tenant.Audit.Record(Now, user, AuditActivity.Describe(before, next, byUser: false), Initiator(call));
        Tenant.Changed();
    }

    /// <summary>Handles one call under what a fault wants: masked numbers, a lag after the write. Ends when disposed.</summary>
    /// <param name="lag">How far reads lag behind this call's write; null for the tenant's setting.</param>
    /// <param name="masking">How this call's numbers are masked; null for the tenant's setting.</param>
    public IDisposable Under(ReadLagSettings? lag, NumberMasking? masking)
    {
        _lag = lag;
        if (masking is { } mask) _override = Tenant.Settings with { Permissions = Tenant.Settings.Permissions with { Masking = mask } };
        return new Scope(this);
    }

    private sealed class Scope(Site site) : IDisposable
    {
        public void Dispose() => (site._lag, site._override) = (null, null);
    }

    private static AuditInitiator Initiator(Call call) => call.Delegated
        ? new AuditInitiator(null, null, "0d1e7a7e-0000-4000-8000-00000ad1a1a1", "operator@contoso.com")
        : new AuditInitiator("ProvisioningConnector", "5a17b0c5-0000-4000-8000-0000000c11e7", null, null);
}
