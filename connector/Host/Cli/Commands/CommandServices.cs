using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Host.Cli.Actions;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The services of one command: its options, streams and signals, what verbs have in common, and the verbs.</summary>
internal static class CommandServices
{
    /// <param name="services">Where they are put.</param>
    /// <param name="options">The options that all verbs have.</param>
    /// <param name="terminal">The streams.</param>
    /// <param name="time">The clock.</param>
    /// <param name="invocation">Who runs the command, and how it is asked to end.</param>
    public static void Add(IServiceCollection services, CommonOptions options, Terminal terminal, TimeProvider time, Invocation invocation)
    {
        services.AddSingleton(options).AddSingleton(terminal).AddSingleton(time).AddSingleton(invocation);
        services.AddSingleton<IGraphTrace, RequestTrace>().AddSingleton<WriterOpening>();
        services.AddSingleton<Messages>().AddSingleton<ProgressDisplay>().AddSingleton<Rejects>().AddSingleton<CommandSources>().AddSingleton<RunRequests>()
            .AddSingleton<WorkspaceOpening>().AddSingleton<CommandPlanner>().AddSingleton<CommandPipelines>().AddSingleton<Consents>()
            .AddSingleton<ResultLines>().AddSingleton<DoctorOutput>().AddSingleton<ReportOutput>().AddSingleton<PlanOutput>()
            .AddSingleton<ReadinessOutput>().AddSingleton<RescueOutput>().AddSingleton<RunEnd>()
            .AddSingleton<ActionReport>().AddSingleton<GivenPassword>();
        services.AddSingleton(static _ => ServiceNotice.OfEnvironment());
        AddVerbs(services);
    }

    private static void AddVerbs(IServiceCollection services) => services
        .AddTransient<PlanVerb>().AddTransient<ApplyVerb>().AddTransient<ResumeVerb>().AddTransient<UndoVerb>().AddTransient<RecoveryVerb>()
        .AddTransient<ShowVerb>().AddTransient<ExplainVerb>().AddTransient<ExportVerb>().AddTransient<MethodsVerb>().AddTransient<ActionVerb>()
        .AddTransient<ApproveVerb>().AddTransient<SignApprovalVerb>()
        .AddTransient<OpenLimitVerb>().AddTransient<HistoryVerb>().AddTransient<AuditVerbs>().AddTransient<AuditCompareVerb>()
        .AddTransient<ReadinessVerb>().AddTransient<ReadinessForgetVerb>()
        .AddTransient<MigrateVerb>().AddTransient<RescueVerb>().AddTransient<ProofVerb>().AddTransient<InviteVerb>()
        .AddTransient<RunsVerb>().AddTransient<PruneVerb>().AddTransient<RekeyVerb>().AddTransient<DoctorVerb>().AddTransient<ProbeVerb>()
        .AddTransient<ReleaseQuarantineVerb>().AddTransient<ServeVerb>().AddTransient<KeysVerbs>().AddTransient<SandboxVerb>();
}
