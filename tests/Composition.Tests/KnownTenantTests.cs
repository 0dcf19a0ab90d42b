using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Composition.Tests;

/// <summary>A store without memory of a real tenant is not written with by mistake.</summary>
public sealed class KnownTenantTests
{
    private static readonly TenantIdentity Contoso = new("contoso", "7B1A0000-0000-4000-8000-000000000001", "Global", false);

    [Test]
    public async Task A_real_tenant_needs_a_finished_run_or_somebody_who_says_that_the_store_is_new([Values] bool known,
        [Values] bool isLoopback, [Values] bool newStore)
    {
        MemoryRunStore store = new();
        if (known) await store.BeginAsync(Run(Contoso.Id.ToLowerInvariant(), RunOutcome.Partial), AsyncEnumerable.Empty<PlannedUser>(), default);
        Assert.That(
            async () => await KnownTenant.CheckAsync(store, Contoso, isLoopback, newStore, default),
            known || isLoopback || newStore
                ? Throws.Nothing : Throws.InstanceOf<ProvisioningException>().With.Property(nameof(ProvisioningException.Kind)).EqualTo(FailureKind.Error));
    }

    [Test]
    public async Task Runs_of_other_tenants_and_unfinished_runs_are_no_memory()
    {
        MemoryRunStore store = new();
        foreach (RunOutcome outcome in new[] { RunOutcome.Running, RunOutcome.Interrupted, RunOutcome.Failed, RunOutcome.Blocked })
        {
            await store.BeginAsync(Run(Contoso.Id, outcome), AsyncEnumerable.Empty<PlannedUser>(), default);
        }

        await store.BeginAsync(Run("other", RunOutcome.Succeeded), AsyncEnumerable.Empty<PlannedUser>(), default);
        ProvisioningException? stopped = await Assert.ThrowsAsync<ProvisioningException>(async () => await KnownTenant.CheckAsync(store,
            Contoso, isLoopback: false, newStore: false, default));
        Assert.That(stopped?.Advice, Does.Contain("--new-store"));
    }

    private static RunHead Run(string tenantId, RunOutcome outcome) => new()
    {
        RunId = $"r-{tenantId}-{outcome}",
        StartedAt = DateTimeOffset.UnixEpoch,
        Outcome = outcome,
        Plan = new PlanHead
        {
            PlanId = "p", CreatedAt = DateTimeOffset.UnixEpoch, ToolVersion = "1", Actor = "me", Tenant = Contoso with { Id = tenantId },
            Origin = new PlanOrigin.Source(), Source = new SourceIdentity("list.csv", null, 0, false),
            Policy = PlanningPolicy.Default, Limits = new GuardrailLimits(),
        },
    };
}
