using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>The user, or another administrator, changes something between plan and run, or in the middle of it.</summary>
public sealed class OutsideChanges
{
    [Test]
    public void What_others_have_done_already_is_alreadySo_and_nothing_is_sent() => Check(BeforeTheRun((shape, user) => Goal(shape, user.Now)), story =>
        story.Tenant.Writes.Count > 0 ? "sent something"
        : story.Final.Operations.Any(o => o.Outcome != OperationOutcome.Skipped || o.Error?.Code != ExecutionCodes.AlreadySo) ? "not alreadySo"
        : story.Final is { Outcome: UserOutcome.Done, Verified: true } ? null : "not done and verified");

    [Test]
    public void A_number_that_was_not_read_is_not_overwritten_or_deleted() => Check(BeforeTheRun((shape, user) => Shifted(shape, user.Now)), story =>
        story.Tenant.Writes.Count > 0 ? "sent something" : story.Final.Outcome == UserOutcome.Stale && !story.Final.Verified ? null : "not stale");

    [Test]
    public void One_value_that_is_not_as_it_was_read_stops_everything_and_is_neither_overwritten_nor_deleted() => Check(OneValueChanged(), story =>
        story.Tenant.Writes.Count > 0 ? "sent something" : story.Final.Outcome == UserOutcome.Stale && !story.Final.Verified ? null : "not stale");

    [TestCase(null, Description = "It is emptied.")]
    [TestCase("new@contoso.com")]
    public void An_e_mail_that_changed_since_the_plan_is_not_deleted(string? desired)
    {
        Shape shape = new(CurrentMethods.Nothing with { Mobile = Slot(1), Email = new CurrentEmail("mail", "old@contoso.com") },
            new DesiredMethods { Email = desired is null ? Managed.None<string>() : Managed.Value(desired) }, new());
        Story story = Story.Play(new Scenario(shape)
        {
            BeforeRun = (tenant, user) => tenant.Change(user, m => m with { Email = new CurrentEmail("mail", "theirs@contoso.com") }),
        });
        Assert.That(story.User.Now.Email?.Address, Is.EqualTo("theirs@contoso.com"));
        Assert.That((story.Tenant.Writes.Count, story.Final.Outcome), Is.EqualTo((0, UserOutcome.Stale)));
    }

    [Test]
    public void A_user_who_is_gone_is_skipped_with_a_code()
    {
        Story story = Story.Play(new Scenario(Shapes.OneOfEach[0]) { BeforeRun = (_, user) => user.Exists = false });
        Assert.That(story.Tenant.Writes, Is.Empty);
        Assert.That(story.Final.Operations.Select(o => (o.Outcome, o.Error?.Code)), Is.All.EqualTo((OperationOutcome.Skipped, "PPnoUser")));
        Assert.That(story.Final.Verified, Is.False);
    }

    [Test]
    public void Whatever_changes_in_the_middle_no_law_is_broken() => Check(
        from shape in Shapes.OneOfEach.Where((_, i) => i % 7 == 0)
        from at in Enumerable.Range(0, shape.Plan.Operations.Length)
        from change in Changes
        from fault in new[] { WriteFault.None, WriteFault.Refused, WriteFault.LostBroken, WriteFault.AppliedThenError }
        select new Scenario(shape)
        {
            Faults = n => n == at ? fault : WriteFault.None,
            BeforeSend = (tenant, user, n) =>
            {
                if (n == at) tenant.Change(user, change.Change);
            },
            What = $"{change.Name}, {fault} at {at}",
        }, story => ExecutionLaws.Broken(story));

    private static (string Name, Func<CurrentMethods, CurrentMethods> Change)[] Changes =>
    [
        ("office gone", m => m with { Office = CurrentSlot.Empty }),
        ("alternate gone", m => m with { AlternateMobile = CurrentSlot.Empty }),
        ("office new", m => m with { Office = Slot(77) }),
        ("mobile new", m => m with { Mobile = Slot(78) }),
        ("methods gone", m => m with { Others = [] }),
        ("passkey new", m => m with { Others = m.Others.Add(new AuthenticationMethod(MethodKind.Fido2, "fido-77")) }),
    ];

    private static IEnumerable<Scenario> BeforeTheRun(Func<Shape, ModelUser, CurrentMethods?> change) =>
        from shape in Shapes.OneOfEach
            // A preference is looked at only where something is to be deleted, a removal of all also takes what came since.
        where !shape.Plan.Operations.Any(o => o is Operation.Prefer or Operation.DeletePhone { Reason: Reason.MakesRoom })
        where change(shape, new ModelUser(new DirectoryUser("x", null), shape.Current)) is not null
        select new Scenario(shape) { BeforeRun = (tenant, user) => tenant.Change(user, _ => change(shape, user)!) };

    private static CurrentMethods Goal(Shape shape, CurrentMethods now) =>
        shape.Plan.Operations.Aggregate(now, (m, o) => new ServiceModel().Apply(m, o).Next ?? throw new InvalidOperationException("The plan does not work."));

    /// <summary>Every phone that the plan overwrites or deletes is another one now; null when it does neither.</summary>
    private static CurrentMethods? Shifted(Shape shape, CurrentMethods now)
    {
        CurrentMethods shifted = now;
        foreach (Operation operation in shape.Plan.Operations)
        {
            if (operation is Operation.UpdatePhone update) shifted = shifted.With(update.Slot, Slot(88));
            if (operation is Operation.DeletePhone delete) shifted = shifted.With(delete.Slot, Slot(89));
        }

        return shifted == now ? null : shifted;
    }

    private static IEnumerable<Scenario> OneValueChanged() =>
        from shape in Shapes.OneOfEach
        where !shape.Plan.Operations.Any(o => o is Operation.Prefer or Operation.DeletePhone { Reason: Reason.MakesRoom })
        from operation in shape.Plan.Operations
        let changed = Elsewhere(operation, shape.Current)
        where changed is not null
        select new Scenario(shape) { BeforeRun = (tenant, user) => tenant.Change(user, _ => changed), What = $"{operation.Action} of {operation.Part} alone" };

    /// <summary>The user with another value than the operation was planned for; null for operations that have none.</summary>
    private static CurrentMethods? Elsewhere(Operation operation, CurrentMethods now) => operation switch
    {
        Operation.AddPhone add => now[add.Slot].IsEmpty ? now.With(add.Slot, Slot(86)) : null,
        Operation.UpdatePhone update => now.With(update.Slot, Slot(87)),
        Operation.DeletePhone delete => now.With(delete.Slot, Slot(88)),
        Operation.AddEmail => now with { Email = new CurrentEmail("mail", "theirs@contoso.com") },
        Operation.UpdateEmail or Operation.DeleteEmail => now with { Email = new CurrentEmail("mail", "theirs@contoso.com") },
        _ => null,
    };

    private static void Check(IEnumerable<Scenario> scenarios, Func<Story, string?> complain) => Complaints.Check(scenarios, complain);
}
