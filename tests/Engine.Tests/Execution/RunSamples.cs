using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>Heads of plans and runs for tests.</summary>
internal static class RunSamples
{
    public static PlanHeader Plan(PlanningPolicy policy, Summary summary, DateTimeOffset at, GuardrailLimits? limits = null, bool delta = false) => new()
    {
        PlanId = "plan-1",
        CreatedAt = at,
        ToolVersion = "test",
        Actor = "tester@here",
        Tenant = new TenantIdentity("contoso", "tenant-1", "Global", IsSandbox: true),
        Origin = new PlanOrigin.Source(),
        Source = new SourceIdentity("people.csv", null, 0, delta),
        Policy = policy,
        Limits = limits ?? new GuardrailLimits(),
        Summary = summary,
    };

    public static RunHeader Head(PlanningPolicy policy, Summary summary, DateTimeOffset at) =>
        new() { RunId = "run-1", Plan = Plan(policy, summary, at), StartedAt = at };

    public static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> items)
    {
        foreach (T item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }
}
