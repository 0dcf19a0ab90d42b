using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Execution;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>From when, until when and for whom a saved plan may be applied: both sides of each boundary.</summary>
public sealed class SavedPlanRulesTests
{
    private static readonly DateTimeOffset Made = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    private static IEnumerable<TestCaseData> Ages()
    {
        TimeSpan tick = TimeSpan.FromTicks(1);
        TimeSpan ahead = TimeSpan.FromMinutes(5);
        yield return new TestCaseData(TimeSpan.Zero, true) { TestName = "{m} (just made)" };
        yield return new TestCaseData(MaxAge, true) { TestName = "{m} (as old as may be)" };
        yield return new TestCaseData(MaxAge + tick, false) { TestName = "{m} (too old)" };
        yield return new TestCaseData(-ahead, true) { TestName = "{m} (five minutes ahead)" };
        yield return new TestCaseData(-ahead - tick, false) { TestName = "{m} (more than five minutes ahead)" };
        yield return new TestCaseData(TimeSpan.FromDays(-400), false) { TestName = "{m} (after the clock jumped)" };
    }

    [TestCaseSource(nameof(Ages))]
    public void A_plan_is_applied_while_it_is_neither_too_old_nor_from_the_future(TimeSpan age, bool may)
    {
        Assert.That(() => SavedPlanRules.Check(new Plan(), new Plan().Head.Tenant, MaxAge, Made + age),
            may ? Throws.Nothing : Throws.InstanceOf<ProvisioningException>().With.Property("Code").EqualTo("planExpired"));
    }

    [TestCase("tenant-1", true)]
    [TestCase("TENANT-1", true)]
    [TestCase("tenant-2", false)]
    public void A_plan_is_for_its_tenant_only(string id, bool may)
    {
        TenantIdentity tenant = new Plan().Head.Tenant with { Id = id };
        Assert.That(() => SavedPlanRules.Check(new Plan(), tenant, MaxAge, Made),
            may ? Throws.Nothing : Throws.InstanceOf<ProvisioningException>().With.Property("Code").EqualTo("planOfAnotherTenant"));
    }

    private sealed class Plan : ISavedPlan
    {
        public string Name => "plan.json";

        public PlanHeader Head { get; } = RunSamples.Plan(PlanningPolicy.Default, new Summary(), Made);

        public string Seal => "seal";

        public ImmutableArray<Approval> Approvals => [];

        public SignedApprovals SignedApprovals => SignedApprovals.None;

        public IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation) => RunSamples.Stream<PlannedUser>([]);
    }
}
