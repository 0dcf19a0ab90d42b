using Microsoft.Extensions.DependencyInjection;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Telemetry;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>What tests look at in a running service.</summary>
internal sealed record RigServices(FacadeStart Start, FacadeServer Server)
{
    public ConnectorSettings Settings => Start.Settings;

    public SharedStore Shared => Start.Shared;

    public TimeProvider Time => Start.Time;

    public TenantSessions Tenants => Server.Services.GetRequiredService<TenantSessions>();

    public WorkInFlight Work => Server.Services.GetRequiredService<WorkInFlight>();

    public Figures Figures => Server.Services.GetRequiredService<Figures>();
}
