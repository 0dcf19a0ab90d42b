using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Facade.Authentication;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.OpenApi;
using ProvisioningConnector.Facade.Openidm;
using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Operations;
using ProvisioningConnector.Facade.Recon;
using ProvisioningConnector.Facade.Telemetry;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Facade;

/// <summary>
/// The services of <c>serve</c>, the composition root together with <see cref="FacadeServer"/>: one of each for the whole process. Tenants are no services:
/// they are opened by <see cref="TenantSessions"/>.
/// </summary>
internal static class FacadeServices
{
    public static void Add(IServiceCollection services, FacadeStart start)
    {
        AddGiven(services, start);
        AuthenticationServices.Add(services, start.Settings.Facade);
        RightPolicies.Add(services);
        HealthChecks.Add(services, start.Settings);
        services.AddSingleton<WorkInFlight>().AddSingleton<IGraphTrace, RequestTrace>().AddSingleton<TenantSessions>().AddSingleton<ReadinessCheck>();
        services.AddSingleton(static all =>
        {
            TenantSessions tenants = all.GetRequiredService<TenantSessions>();
            return new Figures(() => tenants.Open.Select(static session => new TenantPacing(session.Settings.Name, session.Reading.Pacing())),
                all.GetRequiredService<TimeProvider>());
        });
        services.AddHostedService<LastRuns>().AddHostedService<Settling>().AddHostedService<Watchdog>();
        services.AddSingleton(new Admission(start.Settings.Facade.MaxWaiting, start.Settings.Facade.ReplyWithin, start.Time));
        services.AddSingleton<PlanLimit>();
        services.AddSingleton<ReplyDeadline>().AddSingleton<RequestBodies>().AddSingleton<RequestTenants>().AddSingleton<AnswerHeaders>();
        services.AddSingleton<IEndpoints, InfoEndpoints>();
        AddRecon(services);
        AddSystemObjects(services);
        services.AddSingleton<CallReading>().AddSingleton<IdempotencyService>().AddSingleton<IEndpoints, PlainEndpoints>();
        Descriptions.Add(services);
        services.AddSingleton<IEndpoints, OpenApiEndpoints>().AddSingleton<IEndpoints, RootEndpoint>();
    }

    /// <summary>What the process has already: it stays its owner's.</summary>
    private static void AddGiven(IServiceCollection services, FacadeStart start) => services
        .AddSingleton(start.Settings).AddSingleton(start.Settings.Facade).AddSingleton(start.Time).AddSingleton(start.Logs).AddSingleton(start.Notice)
        .AddSingleton(start.Shared).AddSingleton(start.Shared.Digests).AddSingleton(start.Shared.Trail)
        .AddSingleton<Engine.Ports.IRunStore>(start.Shared.Store).AddSingleton(start.Shared.Store.ApiKeys);

    private static void AddRecon(IServiceCollection services) => services
        .AddSingleton<ReconRegistry>().AddSingleton<StoredRecons>().AddSingleton<StoredAnalyses>().AddSingleton<ReconViews>().AddSingleton<ReconStarting>()
        .AddSingleton<IEndpoints, ReconEndpoints>().AddSingleton<IEndpoints, AssocEndpoints>().AddSingleton<IEndpoints, AuditEndpoints>()
        .AddSingleton<IConfigObjects, SyncConfiguration>();

    private static void AddSystemObjects(IServiceCollection services) => services
        .AddSingleton<SystemCalls>().AddSingleton<SystemAnswers>().AddSingleton<SystemTests>().AddSingleton<ApproveAction>().AddSingleton<LiveSync>()
        .AddSingleton<UserQueries>().AddSingleton<UserReads>().AddSingleton<UserWrites>()
        .AddSingleton<IEndpoints, SystemEndpoints>().AddSingleton<IEndpoints, UserEndpoints>().AddSingleton<ProvisionerConfiguration>()
        .AddSingleton<IEndpoints>(static all => all.GetRequiredService<ProvisionerConfiguration>())
        .AddSingleton<IConfigObjects>(static all => all.GetRequiredService<ProvisionerConfiguration>())
        .AddSingleton<IEndpoints, ConfigEndpoints>();
}
