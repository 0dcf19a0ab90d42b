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

    public static async Task<PlanSession> MakeAsync(
        VerbContext context, Workspace workspace, ReadingTenant tenant, SourceArguments arguments, CancellationToken cancellation)
    {
        CommonOptions options = context.Options;
        if (options.Incremental) context.Tell("note: this version has no incremental runs yet; everybody is read.");
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
            PlanMaker maker = new(tenant.Directory, tenant.Methods, spool, settings, context.Progress());
            PlanHead head = await maker.MakeAsync(draft, source.Rows.RowsAsync(cancellation), cancellation);
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
