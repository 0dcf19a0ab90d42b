using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Incremental;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Stores.Spool;

namespace ProvisioningConnector.Composition.Runs;

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

    /// <summary>Makes the plan of a source.</summary>
    /// <param name="order">In whose name, and how.</param>
    /// <param name="workspace">Configuration and store.</param>
    /// <param name="tenant">Who is read.</param>
    /// <param name="arguments">Which source.</param>
    /// <param name="isRun">Whether it is made to be executed: then what it verifies is remembered for incremental runs.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="opened">Called when the source could be opened and before the tenant is read.</param>
    /// <param name="only">Which rows are planned; null: all.</param>
    public static async Task<PlanSession> MakeAsync(
        RunOrder order, Workspace workspace, ReadingTenant tenant, SourceArguments arguments, bool isRun, CancellationToken cancellation,
        Func<CancellationToken, Task>? opened = null, Func<SourceRow, bool>? only = null)
    {
        await using OpenedSource source = await SourceOpening.OpenAsync(arguments, order, workspace, cancellation);
        if (opened is not null) await opened(cancellation);
        SourceIdentity identity = new(source.Rows.Name, null, 0, source.Rows.Delta);
        PlanSettings settings = Settings(order, workspace, tenant) with
        {
            Origin = source.Origin,
            Memory = await PlanMemoryReader.ReadAsync(workspace.Sources, workspace.Store, tenant.Identity.Id, identity, order.Time.GetUtcNow(), cancellation),
            Only = only,
            SourceDate = source.Written,
            SourceSha256 = () => source.Rows.Sha256,
        };
        return await MakeAsync(
            order, workspace, tenant, settings, identity, source.Rows.RowsAsync(cancellation),
            isRun, spool => order.Planned(source, spool, cancellation), cancellation);
    }

    /// <summary>What is in force for this tenant and command.</summary>
    public static PlanSettings Settings(RunOrder order, Workspace workspace, ReadingTenant tenant) => new()
    {
        Policy = workspace.Tenant.Policy,
        Limits = workspace.Tenant.Guardrails,
        Allowances = AllowOptions.Read(order.Allow),
        Protected = workspace.Tenant.Protected,
        Forecast = tenant.Forecast,
    };

    /// <summary>Makes the plan of rows, wherever they come from.</summary>
    public static async Task<PlanSession> MakeAsync(
        RunOrder order, Workspace workspace, ReadingTenant tenant, PlanSettings settings, SourceIdentity source,
        IAsyncEnumerable<SourceRow> rows, bool isRun, Func<SqlitePlanSpool, Task> then, CancellationToken cancellation)
    {
        bool allows = !order.Allow.IsEmpty;
        if (allows && !workspace.Tenant.IsLoopback && string.IsNullOrWhiteSpace(order.Reason))
        {
            throw new ProvisioningException("reasonNeeded", "--allow on a real tenant needs a reason.", "Say why with --reason TEXT; it is recorded.");
        }

        SqlitePlanSpool spool = SqlitePlanSpool.Create();
        try
        {
            DateTimeOffset now = order.Time.GetUtcNow();
            TenantQuarantine? quarantine = await workspace.Quarantines.FindAsync(tenant.Identity.Id, cancellation);
            PlanHead draft = new()
            {
                PlanId = Identity.NewId('p', now), CreatedAt = now, ToolVersion = Identity.ToolVersion, Actor = order.Actor, Tenant = tenant.Identity,
                Origin = settings.Origin, Source = source, Policy = settings.Policy, Limits = settings.Limits, Allowances = settings.Allowances,
                Diagnostics = quarantine is null ? [] : [quarantine.Note()],
            };
            if (allows) await workspace.Audit.OverriddenAsync(draft, order.Allow, order.Reason, cancellation);
            IncrementalSelection? incremental = settings is { Origin.IsList: true, Only: null }
                ? await IncrementalRuns.SelectionAsync(order, workspace, tenant, draft, cancellation) : null;
            PlanMaker maker = new(tenant.Directory, tenant.Methods, spool, settings, order.Progress(tenant.Pacing),
                incremental, isRun ? workspace.Recorder(draft) : null,
                settings.Origin.IsList ? workspace.Drift(tenant) : null);
            PlanHead head = await maker.MakeAsync(draft, rows, cancellation);
            if (incremental is not null) order.Tell($"incremental: {incremental.Account}");
            if (isRun && settings.Only is null) await IncrementalRuns.KeepAsync(workspace, head, cancellation);
            await then(spool);
            return new PlanSession(head, spool, workspace);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _spool.DisposeAsync();
}
