using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Migration.Invite;

/// <summary>Only <c>migrate invite</c> and its undo write membership, whatever a plan says.</summary>
public sealed class MembershipOriginTests
{
    private const string Group = "group-1";

    private static readonly PlanOrigin[] Others =
    [
        new PlanOrigin.Source(), new PlanOrigin.StandardInput(), new PlanOrigin.Undo("r0"), new PlanOrigin.Migration("default"),
        new PlanOrigin.Migration("cleanup"), new PlanOrigin.Migration("other"),
    ];

    [Test]
    public void A_plan_of_another_origin_writes_no_membership([ValueSource(nameof(Others))] PlanOrigin origin, [Values] bool joins) =>
        VirtualWorld.Run(1, async world =>
    {
        ModelTenant tenant = new(world);
        tenant.Add(new DirectoryUser("id-1", "u1@contoso.com"), Some.User.Mobile("+1 2065550100") with { Membership = new(Group, !joins) });
        SourceRow row = Planned.Row(0, "id-1", new DesiredMethods { Membership = new GroupMembership(Group, joins) }) with { Condition = new RowCondition() };
        RunWork.Rows rows = new(_ => new ValueTask<IRowSource>(new ModelRows([row]) { IsDelta = true, Origin = origin }));
        PipelinePorts ports = TestPipeline.Ports(new ModelSession(world, tenant), new MemoryRunStore(), new MemoryLeases(), world.Time);
        RunResult result = await new RunPipeline(ports, TestPipeline.Settings(), new ModelWriter(tenant))
            .RunAsync(new RunRequest { Work = rows, Actor = "kim@host" }, GivenConsent.Instance, default);

        Assert.That(tenant.Writes, Is.Empty, $"{result}");
        Assert.That(tenant["id-1"].Now.Membership?.IsMember, Is.EqualTo(!joins));
    });

    [Test]
    public void Nothing_but_a_wanted_membership_makes_the_planner_plan_one()
    {
        CurrentMethods current = Some.User.Mobile("+1 2065550100") with { Membership = new(Group, false) };
        DesiredMethods[] desired =
        [
            new(), Some.List("+1 2065550101:mobile"), new() { Email = Managed.Value("a@example.org") }, new() { SmsSignIn = true },
            new() { Removals = [Removal.AllOf(MethodKind.Fido2)] }, new() { Pass = new PassRequest(60, true) }, new() { Clearing = Clearing.Offboard },
        ];
        foreach (DesiredMethods one in desired)
        {
            UserPlan plan = Planner.Plan(new PlanRequest(current, one, new PlanningPolicy(), default, Holds.None));
            Assert.That(plan.Operations.Select(static operation => operation.Part), Has.None.EqualTo(Part.Membership), $"{one}");
        }
    }
}
