using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Which saved plans may be approved and applied.</summary>
public static class SavedPlanRules
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <exception cref="ProvisioningException">It was applied before.</exception>
    public static async ValueTask CheckUnusedAsync(ISavedPlan plan, IRunStore store, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(store);
        if (await store.FindClaimAsync(plan.Head.PlanId, cancellation) is { } run) throw Used(plan.Head.PlanId, run);
    }

    /// <summary>A plan is applied once.</summary>
    /// <param name="planId">The plan.</param>
    /// <param name="runId">The run that applied it; null: not known.</param>
    public static ProvisioningException Used(string planId, string? runId) => new("planAlreadyApplied",
        $"The plan {planId} was applied before{(runId is null ? "" : $", by run {runId}")}; a plan is applied once. Nothing was written.",
        "An interrupted run is resumed; otherwise plan again.");

    /// <exception cref="ProvisioningException">It was made for another tenant, or it is too old.</exception>
    public static void Check(ISavedPlan plan, TenantIdentity tenant, TimeSpan maxAge, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(tenant);
        PlanHeader head = plan.Head;
        if (!string.Equals(head.Tenant.Id, tenant.Id, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProvisioningException("planOfAnotherTenant",
                $"The plan '{plan.Name}' was made for tenant '{head.Tenant.Name}' ({head.Tenant.Id}), not for '{tenant.Name}' ({tenant.Id}).",
                "Choose that tenant with --tenant, or plan again.");
        }

        TimeSpan age = now - head.CreatedAt;
        if (age <= maxAge && age >= -ClockTolerance) return;
        throw new ProvisioningException("planExpired",
            $"The plan '{plan.Name}' was made at {head.CreatedAt:u}; a plan may be applied for {maxAge} (PlanMaxAge).",
            "Plan again and review the new plan.");
    }
}
