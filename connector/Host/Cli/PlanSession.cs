using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Host.Composition;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Stores.Spool;

namespace ProvisioningConnector.Host.Cli;

/// <summary>A plan made from a source: <c>plan</c>, <c>apply</c> and <c>explain</c> begin with it. Holds nothing that writes.</summary>
internal sealed class PlanSession : IAsyncDisposable
{
    private readonly IPlanSpool _spool;

    private PlanSession(PlanHead head, IPlanSpool spool, Workspace workspace) => (Head, _spool, Workspace) = (head, spool, workspace);

    public PlanHead Head { get; }

    public Workspace Workspace { get; }

    /// <summary>Everybody who is not equal.</summary>
    public IAsyncEnumerable<PlannedUser> Users(CancellationToken cancellation) => _spool.PlannedAsync(cancellation);

    public Report ToReport() => Report.Of(Head, Users, Workspace.Digests);

    /// <param name="context">What every verb gets.</param>
    /// <param name="workspace">Configuration and store.</param>
    /// <param name="tenant">Who is read.</param>
    /// <param name="arguments">Which source.</param>
    /// <param name="isRun">Whether it is made to be executed: then what it verifies is remembered for incremental runs.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<PlanSession> MakeAsync(
        VerbContext context, Workspace workspace, ReadingTenant tenant, SourceArguments arguments, bool isRun, CancellationToken cancellation)
    {
        CommonOptions options = context.Options;
        PlanSettings settings = new()
        {
            Policy = workspace.Tenant.Policy,
            Limits = workspace.Tenant.Guardrails,
            Allowances = AllowOptions.Read(options.Allow),
            Protected = workspace.Tenant.Protected,
            Forecast = tenant.Forecast,
        };
        await using OpenedSource source = await SourceOpening.OpenAsync(arguments, options, workspace, context.Terminal, cancellation);
        SqlitePlanSpool spool = SqlitePlanSpool.Create();
        try
        {
            DateTimeOffset now = context.Time.GetUtcNow();
            PlanHead draft = new()
            {
                PlanId = Identity.NewId('p', now), CreatedAt = now, ToolVersion = Identity.ToolVersion, Actor = Identity.Actor, Tenant = tenant.Identity,
                Source = new SourceIdentity(source.Rows.Name, null, 0, source.Rows.Delta), Policy = settings.Policy, Limits = settings.Limits, Allowances = settings.Allowances,
            };
            IncrementalSelection? incremental = await IncrementalRuns.SelectionAsync(context, workspace, tenant, draft, cancellation);
            PlanMaker maker = new(tenant.Directory, tenant.Methods, spool, settings, context.Progress(tenant.Pacing), incremental, isRun ? workspace.Recorder(draft) : null);
            PlanHead head = await maker.MakeAsync(draft, source.Rows.RowsAsync(cancellation), cancellation);
            if (incremental is not null) context.Tell($"incremental: {incremental.Account}");
            if (isRun) await IncrementalRuns.KeepAsync(workspace, head, cancellation);
            await Rejects.WriteAsync(context, source, spool, cancellation);
            return new PlanSession(head with { Source = head.Source with { Sha256 = source.Rows.Sha256 } }, spool, workspace);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _spool.DisposeAsync();
}
