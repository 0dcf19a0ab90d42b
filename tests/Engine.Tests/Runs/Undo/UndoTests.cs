using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Undo;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Runs.Undo;

/// <summary>A run turned round, part by part.</summary>
public sealed class UndoTests
{
    private static readonly UndoTerms Terms = new(Undone.SentAt.AddHours(1), TimeSpan.FromHours(72), Undone.SentAt, null);

    private static IEnumerable<TestCaseData> Pairs()
    {
        CurrentSlot[] slots = [CurrentSlot.Empty, CurrentSlot.From(Phone(1)), CurrentSlot.From(Phone(2))];
        CurrentMethods[] states =
        [
            .. from mobile in slots from alternate in slots from office in slots where !mobile.IsEmpty || alternate.IsEmpty
               select CurrentMethods.Nothing with { Mobile = mobile, AlternateMobile = alternate, Office = office },
        ];
        return from before in states from after in states select new TestCaseData(before, after) { TestName = $"{Words(before)} to {Words(after)} and back" };
    }

    [TestCaseSource(nameof(Pairs))]
    public void Whatever_a_run_made_of_the_phones_undo_makes_what_was(CurrentMethods before, CurrentMethods after)
    {
        DesiredMethods desired = new() { Mobile = Desired(after.Mobile), AlternateMobile = Desired(after.AlternateMobile), Office = Desired(after.Office) };
        SourceRow? row = UndoRow.From(Undone.User(before, desired), Terms);
        if (row is null)
        {
            Assert.That(after, Is.EqualTo(before));
            return;
        }

        UserPlan plan = Plan(row, after);
        Assert.That(plan.Held, Is.Empty);
        Assert.That(plan.Operations, Is.Not.Empty);
        CurrentMethods end = plan.Operations.Aggregate(after, Apply);
        Assert.That((end.Mobile, end.AlternateMobile, end.Office), Is.EqualTo((before.Mobile, before.AlternateMobile, before.Office)));
        Assert.That(Plan(row, before).Situation, Is.EqualTo(Situation.Equal), "undone twice is undone once");
    }

    [Test]
    public void A_part_that_changed_since_stays_as_it_is_and_the_others_go_back()
    {
        CurrentMethods before = CurrentMethods.Nothing with { Mobile = CurrentSlot.From(Phone(1)), Email = new("e", "old@contoso.com") };
        SourceRow row = UndoRow.From(Undone.User(before, new() { Mobile = Managed.Value(Phone(2)), Email = Managed.Value("new@contoso.com") }), Terms)!;
        UserPlan plan = Plan(row, before with { Mobile = CurrentSlot.From(Phone(3)), Email = new("e", "new@contoso.com") });
        Assert.That(plan.Held.Select(h => (h.Part, h.Code, h.Standing)), Is.EqualTo(new[] { (Part.Phones, HoldCodes.NewerChange, false) }));
        Assert.That(plan.Operations.Single(), Is.InstanceOf<Operation.UpdateEmail>());
    }

    [Test]
    public void Removed_methods_are_listed_because_they_cannot_come_back()
    {
        CurrentMethods before = CurrentMethods.Nothing with { Mobile = CurrentSlot.From(Phone(1)), Others = [new(MethodKind.Fido2, "key")] };
        RunUser user = Undone.User(before, new() { Removals = [Removal.AllOf(MethodKind.Fido2)] });
        UserPlan plan = Plan(UndoRow.From(user, Terms)!, before with { Others = [] });
        Assert.That(plan.Situation, Is.EqualTo(Situation.Held));
        Assert.That(plan.Held.Select(h => (h.Part, h.Code)), Is.EqualTo(new[] { (Part.Fido2, HoldCodes.NotRestorable) }));
        Assert.That(FewerMethods.From(user), Is.Not.Null.And.Property("Left").Property("Now").EqualTo(1));
    }

    [TestCase(72, false)]
    [TestCase(73, true)]
    public void What_was_sent_longer_ago_than_the_limit_stays(int hours, bool held)
    {
        CurrentMethods before = CurrentMethods.Nothing with { Mobile = CurrentSlot.From(Phone(1)) };
        RunUser user = Undone.User(before, new() { Mobile = Managed.Value(Phone(2)) });
        UserPlan plan = Plan(UndoRow.From(user, Terms with { Now = Undone.SentAt.AddHours(hours) })!, before with { Mobile = CurrentSlot.From(Phone(2)) });
        Assert.That(plan.Held.Select(h => h.Code), Is.EqualTo(held ? new[] { HoldCodes.TooOld } : []));
    }

    [TestCase(2, false)]
    [TestCase(3, true)]
    [TestCase(null, true)]
    public async Task Only_what_the_source_still_says_is_undone(int? today, bool held)
    {
        CurrentMethods before = CurrentMethods.Nothing with { Mobile = CurrentSlot.From(Phone(1)) };
        RunUser user = Undone.User(before, new() { Mobile = Managed.Value(Phone(2)) });
        SourceRow[] rows = today is { } n ? [Runs.Planned.Row(7, "KIM@contoso.com", new() { Mobile = Managed.Value(Phone(n)) })] : [];
        UndoSource source = await UndoSource.ReadAsync(Execution.RunSamples.Stream(rows), ImmutableHashSet.Create(user.Planned.Row.Key!.Value), default);
        UserPlan plan = Plan(UndoRow.From(user, Terms with { Source = source })!, before with { Mobile = CurrentSlot.From(Phone(2)) });
        Assert.That(plan.Held.Select(h => h.Code), Is.EqualTo(held ? new[] { HoldCodes.SourceChanged } : []));
    }

    private static readonly CurrentMethods Before = CurrentMethods.Nothing with
    {
        Mobile = CurrentSlot.From(Phone(1)),
        AlternateMobile = CurrentSlot.From(Phone(2)),
        Office = CurrentSlot.From(Phone(3)),
        Email = new("e", "old@contoso.com"),
        Others = [new(MethodKind.MicrosoftAuthenticator, "app")],
        Default = DefaultMethod.From(PreferredMethod.Push),
    };

    /// <summary>Every attribute that a source manages: what a run made of it, and what it became since.</summary>
    private static IEnumerable<TestCaseData> Attributes()
    {
        (string Name, DesiredMethods Ran, DesiredMethods Since, CurrentMethods After, CurrentMethods Newer)[] all =
        [
            .. Enum.GetValues<PhoneType>().Select(slot => ($"{slot}", new DesiredMethods().With(slot, Managed.Value(Phone(8))),
                new DesiredMethods().With(slot, Managed.Value(Phone(9))), Before.With(slot, CurrentSlot.From(Phone(8))),
                Before.With(slot, CurrentSlot.From(Phone(9))))),
            ("alternateMobile emptied", new() { AlternateMobile = Managed.None<PhoneNumber>() }, new() { AlternateMobile = Managed.Value(Phone(9)) },
                Before with { AlternateMobile = CurrentSlot.Empty }, Before with { AlternateMobile = CurrentSlot.From(Phone(9)) }),
            ("office emptied", new() { Office = Managed.None<PhoneNumber>() }, new() { Office = Managed.Value(Phone(9)) },
                Before with { Office = CurrentSlot.Empty }, Before with { Office = CurrentSlot.From(Phone(9)) }),
            ("email", new() { Email = Managed.Value("new@contoso.com") }, new() { Email = Managed.Value("newer@contoso.com") },
                Before with { Email = new("e", "new@contoso.com") }, Before with { Email = new("e", "newer@contoso.com") }),
            ("email emptied", new() { Email = Managed.None<string>() }, new() { Email = Managed.Value("newer@contoso.com") },
                Before with { Email = null }, Before with { Email = new("f", "newer@contoso.com") }),
            ("smsSignIn", new() { SmsSignIn = true }, new() { SmsSignIn = false },
                Before with { SmsSignIn = SmsSignInState.Ready }, Before with { SmsSignIn = SmsSignInState.Ready, Mobile = CurrentSlot.From(Phone(9)) }),
            ("preferredMethod", new() { Preferred = PreferredMethod.Sms }, new() { Preferred = PreferredMethod.VoiceMobile },
                Before with { Default = DefaultMethod.From(PreferredMethod.Sms) },
                Before with { Default = DefaultMethod.From(PreferredMethod.VoiceMobile) }),
        ];
        return all.Select(a => new TestCaseData(a.Ran, a.Since, a.After, a.Newer) { TestName = $"{{m}} ({a.Name})" });
    }

    [TestCaseSource(nameof(Attributes))]
    public void What_was_changed_since_the_run_is_held_and_the_rest_goes_back(
        DesiredMethods ran, DesiredMethods _, CurrentMethods after, CurrentMethods newer)
    {
        SourceRow row = UndoRow.From(Undone.User(Before, ran), Terms)!;
        UserPlan back = Plan(row, after);
        Assert.That((back.Held.Length, back.Operations.Length), Is.EqualTo((0, 1)));
        UserPlan kept = Plan(row, newer);
        Assert.That(kept.Operations, Is.Empty);
        Assert.That(kept.Held.Select(h => (h.Part, h.Code)), Is.EqualTo(new[] { (PartOf(back), HoldCodes.NewerChange) }));
    }

    [TestCaseSource(nameof(Attributes))]
    public async Task What_the_source_says_otherwise_today_is_not_undone(
        DesiredMethods ran, DesiredMethods since, CurrentMethods after, CurrentMethods _)
    {
        RunUser user = Undone.User(Before, ran);
        foreach ((DesiredMethods today, bool held) in new[] { (ran, false), (since, true), (new DesiredMethods(), true) })
        {
            SourceRow[] rows = [Runs.Planned.Row(7, "KIM@contoso.com", today)];
            UndoSource source = await UndoSource.ReadAsync(Execution.RunSamples.Stream(rows), ImmutableHashSet.Create(user.Planned.Row.Key!.Value), default);
            UserPlan plan = Plan(UndoRow.From(user, Terms with { Source = source })!, after);
            Assert.That(plan.Held.Select(h => h.Code), Is.EqualTo(held ? new[] { HoldCodes.SourceChanged } : []));
            Assert.That(plan.Operations.IsEmpty, Is.EqualTo(held));
        }
    }

    private static Part PartOf(UserPlan plan) => plan.Operations.Single().Part;

    [Test]
    public void Who_was_not_changed_is_not_part_of_an_undo() =>
        Assert.That(UndoRow.From(Undone.User(OperationOutcome.Failed, new OperationError("x", "m", 400)), Terms), Is.Null);

    private static UserPlan Plan(SourceRow row, CurrentMethods current)
    {
        PlanningPolicy policy = UndoRows.Policy(PlanningPolicy.Default) with { LastMethod = LastMethodPolicy.Allow };
        UserPlan plan = Planner.Plan(new PlanRequest(current, row.Desired, policy, default, row.Condition!.HoldsFor(current, Holds.None)));
        return row.Condition.List(plan);
    }

    private static CurrentMethods Apply(CurrentMethods state, Operation operation) => operation switch
    {
        Operation.AddPhone add => state.With(add.Slot, CurrentSlot.From(add.Number)),
        Operation.UpdatePhone update => state.With(update.Slot, CurrentSlot.From(update.Number)),
        Operation.DeletePhone delete => state.With(delete.Slot, CurrentSlot.Empty),
        _ => state,
    };

    private static Managed<PhoneNumber> Desired(CurrentSlot slot) =>
        slot.TryGetNumber(out PhoneNumber number) ? Managed.Value(number) : Managed.None<PhoneNumber>();

    private static string Words(CurrentMethods state) =>
        string.Join('/', new[] { state.Mobile, state.AlternateMobile, state.Office }.Select(s => s.IsEmpty ? "-" : s == CurrentSlot.From(Phone(1)) ? "a"
            : "b"));
}
