using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Tests.Execution;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs;

/// <summary>A plan of many rows, made in a world of its own.</summary>
internal sealed record Planned(PlanHeader Head, MemoryPlanSpool Spool, ModelTenant Tenant)
{
    public PlannedUser this[int ordinal] => Spool.All.Single(p => p.Row.Ordinal == ordinal);

    public Situation Situation(int ordinal) => this[ordinal].Plan.Situation;

    /// <summary>All operations of all users, as text, in an order of their own.</summary>
    public IEnumerable<string> Operations => Spool.All.SelectMany(p => p.Plan.Operations.Select(o => $"{p.User?.Uid} {o}")).Order(StringComparer.Ordinal);

    public static async Task<Planned> MakeAsync(ModelTenant tenant, IEnumerable<SourceRow> rows, PlanSettings settings, VirtualWorld world, bool delta = false)
    {
        MemoryPlanSpool spool = new();
        PlanBuilder maker = new(tenant, tenant, spool, settings, new QuietProgress());
        PlanHeader draft = RunSamples.Plan(settings.Policy, new Summary(), world.Time.GetUtcNow(), settings.Limits, delta);
        return new Planned(await maker.MakeAsync(draft, RunSamples.Stream(rows), default), spool, tenant);
    }

    /// <summary>Makes a plan of a tenant that is filled by <paramref name="fill"/>.</summary>
    public static Planned Make(Action<ModelTenant> fill, IEnumerable<SourceRow> rows, PlanSettings? settings = null, bool delta = false) =>
        VirtualWorld.Run(1, async world =>
    {
        ModelTenant tenant = new(world);
        fill(tenant);
        return await MakeAsync(tenant, rows, settings ?? new PlanSettings(), world, delta);
    });

    public static SourceRow Row(long ordinal, string user, DesiredMethods desired, params Diagnostic[] diagnostics) => new(
        ordinal, new Place("people.csv", ordinal + 2), user, UserKey.TryParse(user, out UserKey key) ? key : null, desired, null, [.. diagnostics]);
}
