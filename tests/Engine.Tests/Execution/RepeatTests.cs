using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>The second sending, of every kind of operation: what its answer says of the first one (docs/safety.md#outcomes).</summary>
public sealed class RepeatTests
{
    private static readonly AuthenticationMethod Authenticator = new(MethodKind.MicrosoftAuthenticator, "authenticator-1");
    private static readonly AuthenticationMethod Fido = new(MethodKind.Fido2, "fido-1");
    private static readonly CurrentEmail Old = new("mail", "old@contoso.com");

    private static readonly CurrentMethods Someone = CurrentMethods.Nothing with
    {
        Mobile = Slot(1),
        AlternateMobile = Slot(2),
        Office = Slot(3),
        Others = [Authenticator, Fido],
        Default = DefaultMethod.From(PreferredMethod.Push),
    };

    private static readonly WriteFault[] Lost = [WriteFault.LostWithError, WriteFault.LostInSilence, WriteFault.LostBroken];

    /// <summary>A plan of one operation, of every kind that is sent again.</summary>
    private static IEnumerable<TestCaseData> Alone()
    {
        (string Name, CurrentMethods Current, DesiredMethods Desired, PlanningPolicy Policy)[] all =
        [
            .. Enum.GetValues<PhoneType>().Select(slot => ($"add {slot}", Without(slot), new DesiredMethods().With(slot, Managed.Value(Phone(9))),
                new PlanningPolicy())),
            .. Enum.GetValues<PhoneType>().Select(slot => ($"update {slot}", Someone, new DesiredMethods().With(slot, Managed.Value(Phone(9))),
                new PlanningPolicy())),
            ("delete alternateMobile", Someone, new DesiredMethods { AlternateMobile = Managed.None<PhoneNumber>() }, new()),
            ("delete office", Someone, new DesiredMethods { Office = Managed.None<PhoneNumber>() }, new()),
            ("add e-mail", Someone, new DesiredMethods { Email = Managed.Value("new@contoso.com") }, new()),
            ("update e-mail", Someone with { Email = Old }, new DesiredMethods { Email = Managed.Value("new@contoso.com") }, new()),
            ("delete e-mail", Someone with { Email = Old }, new DesiredMethods { Email = Managed.None<string>() }, new()),
            ("remove passkey", Someone, new DesiredMethods { Removals = [Removal.AllOf(MethodKind.Fido2)] }, new()),
            ("SMS sign-in on", Someone, new DesiredMethods { SmsSignIn = true }, new()),
            ("SMS sign-in off", Someone with { SmsSignIn = SmsSignInState.Ready }, new DesiredMethods { SmsSignIn = false }, new()),
            ("default", Someone, new DesiredMethods { Preferred = PreferredMethod.Sms }, new()),
        ];
        return all.Select(c => new TestCaseData(new Shape(c.Current, c.Desired, c.Policy)) { TestName = $"{{m}} ({c.Name})" });
    }

    [TestCaseSource(nameof(Alone))]
    public void A_repeat_that_was_throttled_or_never_left_says_nothing_of_the_first_sending(object plan)
    {
        Shape shape = One(plan);
        foreach (WriteFault first in Lost)
        {
            foreach (WriteFault second in new[] { WriteFault.Throttled, WriteFault.NotSent })
            {
                Story story = Story.Play(new Scenario(shape) { Faults = n => n == 0 ? first : second, What = $"{first}, {second}" });
                Assert.That(story.Final.Operations[0].Outcome, Is.EqualTo(OperationOutcome.Unknown), story.ToString());
                Assert.That(story.Tenant.Writes, Has.Count.EqualTo(2), story.ToString());
            }
        }
    }

    [TestCaseSource(nameof(Alone))]
    public void A_repeat_that_was_refused_is_done_when_the_first_sending_had_landed(object plan)
    {
        Shape shape = One(plan);
        foreach (double lag in new[] { 0, 10 })
        {
            Story story = Story.Play(new Scenario(shape)
            {
                Faults = n => n == 0 ? WriteFault.LostBroken : WriteFault.Refused,
                BeforeSend = (tenant, user, n) =>
                {
                    if (n == 1) tenant.Change(user, now => new ServiceModel().Apply(now, shape.Plan.Operations[0]).Next ?? now);
                },
                Reading = new() { Lag = TimeSpan.FromSeconds(lag) },
                What = "landed before the repeat",
            });
            Assert.That(story.Final.Operations[0].Outcome, Is.EqualTo(OperationOutcome.Done), story.ToString());
        }
    }

    [TestCaseSource(nameof(Alone))]
    public void A_repeat_that_was_refused_is_failed_when_the_first_sending_had_no_effect(object plan)
    {
        Story story = Story.Play(new Scenario(One(plan)) { Faults = n => n == 0 ? WriteFault.LostBroken : WriteFault.Refused });
        Assert.That(story.Final.Operations[0].Outcome, Is.EqualTo(OperationOutcome.Failed), story.ToString());
    }

    /// <summary>Two operations, the first of which every reading shows in the end.</summary>
    private static IEnumerable<TestCaseData> Followed()
    {
        (string Name, CurrentMethods Current, DesiredMethods Desired)[] all =
        [
            ("phones", CurrentMethods.Nothing, new DesiredMethods { Mobile = Managed.Value(Phone(1)), Office = Managed.Value(Phone(2)) }),
            ("updates", Someone, new DesiredMethods { Mobile = Managed.Value(Phone(8)), Office = Managed.Value(Phone(9)) }),
            ("phone and e-mail", CurrentMethods.Nothing, new DesiredMethods { Mobile = Managed.Value(Phone(1)), Email = Managed.Value("new@contoso.com") }),
            ("phone and removal", Someone, new DesiredMethods { Mobile = Managed.Value(Phone(8)), Removals = [Removal.AllOf(MethodKind.Fido2)] }),
            ("e-mail and removal", Someone with { Email = Old },
                new DesiredMethods { Email = Managed.Value("new@contoso.com"), Removals = [Removal.AllOf(MethodKind.Fido2)] }),
            ("removals", Someone, new DesiredMethods { Removals = [Removal.AllOf(MethodKind.MicrosoftAuthenticator), Removal.AllOf(MethodKind.Fido2)] }),
            ("deletes", Someone, new DesiredMethods { AlternateMobile = Managed.None<PhoneNumber>(), Office = Managed.None<PhoneNumber>() }),
        ];
        return all.Select(c => new TestCaseData(new Shape(c.Current, c.Desired, new()
        {
            LastMethod = LastMethodPolicy.Allow,
            DefaultMethod = DefaultMethodPolicy.Switch,
        }))
        { TestName = $"{{m}} ({c.Name})" });
    }

    [TestCaseSource(nameof(Followed))]
    public void In_the_last_pass_a_reading_that_never_shows_what_was_done_stops_the_rest(object plan)
    {
        Shape shape = (Shape)plan;
        int first = shape.Plan.Operations.IndexOf(shape.Plan.Operations.First(ApprovedOperations.IsShownByMethods));
        Assert.That(shape.Plan.Operations, Has.Length.GreaterThan(first + 1));
        foreach (WriteFault fault in new[] { WriteFault.Throttled, WriteFault.NotSent, WriteFault.LostBroken })
        {
            Story story = Story.Play(new Scenario(shape)
            {
                Faults = n => n == first + 1 ? fault : WriteFault.None,
                Reading = new() { Lag = TimeSpan.FromMinutes(30) },
                What = fault.ToString(),
            });
            Assert.That(story.Tenant.Writes, Has.Count.EqualTo(first + 2), $"nothing more is sent: {story}");
            Assert.That(story.Final.Operations[first + 1].Outcome,
                Is.EqualTo(fault == WriteFault.LostBroken ? OperationOutcome.Unknown : OperationOutcome.Skipped), story.ToString());
        }
    }

    [Test]
    public void In_the_last_pass_after_a_failure_a_reading_that_never_shows_what_was_done_stops_the_other_parts()
    {
        // The phones are held since the refusal, so the plan from here does not ask for the missing mobile again: only the reading shows that it is old.
        Shape shape = new(CurrentMethods.Nothing with { Email = Old }, new DesiredMethods
        {
            Mobile = Managed.Value(Phone(1)), Office = Managed.Value(Phone(2)), Email = Managed.None<string>(),
        }, new());
        Assert.That(shape.Plan.Operations.Select(o => o.Part), Is.EqualTo(new[] { Part.Phones, Part.Phones, Part.Email }));
        Story story = Story.Play(new Scenario(shape)
        {
            Faults = n => n == 1 ? WriteFault.Refused : WriteFault.None,
            Reading = new() { Lag = TimeSpan.FromMinutes(30) },
        });
        Assert.That(story.Tenant.Writes, Has.Count.EqualTo(2), story.ToString());
        Assert.That(story.Final.Operations.Select(o => o.Outcome),
            Is.EqualTo(new[] { OperationOutcome.Done, OperationOutcome.Failed, OperationOutcome.Skipped }), story.ToString());
    }

    [Test]
    public void A_switch_of_the_default_that_may_have_left_and_is_not_needed_any_more_is_unknown([ValueSource(nameof(Lost))] WriteFault fault)
    {
        Shape shape = new(CurrentMethods.Nothing with
        {
            Mobile = Slot(1),
            Office = Slot(3),
            Others = [Authenticator, new(MethodKind.SoftwareOath, "oath-1")],
            Default = DefaultMethod.From(PreferredMethod.Push),
        }, new DesiredMethods { Removals = [Removal.AllOf(MethodKind.MicrosoftAuthenticator)] }, new() { DefaultMethod = DefaultMethodPolicy.Switch });
        Operation.Prefer prefer = (Operation.Prefer)shape.Plan.Operations[0];
        PreferredMethod other = prefer.Method == PreferredMethod.Oath ? PreferredMethod.Sms : PreferredMethod.Oath;
        Story story = Story.Play(new Scenario(shape)
        {
            Faults = n => n == 0 ? fault : WriteFault.None,
            Meanwhile = async (world, tenant) =>
            {
                await world.Delay(TimeSpan.FromSeconds(65));
                tenant.Change(tenant[Story.Uid], m => m with { Default = DefaultMethod.From(other) });
            },
        });
        ImmutableArray<OperationResult> results = story.Final.Operations;
        Assert.That(results.Select(r => r.Outcome), Is.EqualTo(new[] { OperationOutcome.Unknown, OperationOutcome.Done }), story.ToString());
        Assert.That(story.User.Now.Default.Is(other), Is.True, "what another administrator chose stays");
    }

    private static CurrentMethods Without(PhoneType slot) => slot == PhoneType.Mobile
        ? Someone with { Mobile = CurrentSlot.Empty, AlternateMobile = CurrentSlot.Empty }
        : Someone.With(slot, CurrentSlot.Empty);

    private static Shape One(object plan)
    {
        Shape shape = (Shape)plan;
        Assert.That(shape.Plan.Operations, Has.Length.EqualTo(1), shape.Text);
        return shape;
    }
}
