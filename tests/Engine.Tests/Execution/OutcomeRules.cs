using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>The outcome rules word by word (docs/safety.md#outcomes).</summary>
public sealed class OutcomeRules
{
    private static readonly Shape AddsMobile = new(CurrentMethods.Nothing, new DesiredMethods { Mobile = Managed.Value(Phone(1)) }, new());
    private static readonly Shape DeletesOffice = new(
        CurrentMethods.Nothing with { Mobile = Slot(1), Office = Slot(2) }, new DesiredMethods { Office = Managed.None<PhoneNumber>() }, new());

    private static readonly AuthenticationMethod Authenticator = new(MethodKind.MicrosoftAuthenticator, "authenticator-1");

    [Test]
    public void After_no_trustworthy_answer_the_user_is_read_at_growing_pauses_once_more_after_the_time_out_and_then_sent_once_more()
    {
        Story story = Story.Play(Always(AddsMobile, n => n == 0 ? WriteFault.LostBroken : WriteFault.None));
        DateTimeOffset sent = story.Tenant.Writes[0].SentAt;
        double[] reads = [.. story.Tenant.Readings.Where(r => r.At > sent && r.At <= story.Tenant.Writes[1].SentAt)
            .Select(r => Math.Floor((r.At - sent).TotalSeconds))];
        Assert.That(reads, Is.EqualTo(new[] { 1.0, 2, 5, 14, 41, 70, 70 }),
            "broken after 1 s; pauses of 1, 3, 9, 27 s; the time-out of 70 s; and the second pass");
        Assert.That(story.Tenant.Writes, Has.Count.EqualTo(2));
        Assert.That(story.Final.Outcome, Is.EqualTo(UserOutcome.Done));
        Assert.That(story.Final.Verified, Is.True);
    }

    [Test]
    public void What_is_ambiguous_twice_and_not_there_is_unknown_and_not_sent_again()
    {
        Story story = Story.Play(Always(AddsMobile, _ => WriteFault.LostInSilence));
        Assert.That(story.Tenant.Writes, Has.Count.EqualTo(2));
        Assert.That(story.Final.Operations.Single(), Has.Property("Outcome").EqualTo(OperationOutcome.Unknown));
        Assert.That(story.Final.Operations[0].Error!.Code, Is.EqualTo(ExecutionCodes.NoTrustworthyAnswer));
        Assert.That(story.Final.Verified, Is.False, "its effect was not read");
    }

    [Test]
    public void What_stays_unknown_reports_what_the_last_answer_was()
    {
        Story story = Story.Play(Always(AddsMobile, _ => WriteFault.LostBroken));
        OperationError error = story.Final.Operations.Single().Error!;
        Assert.That(error.Code, Is.EqualTo(ExecutionCodes.NoTrustworthyAnswer));
        Assert.That(error.Message, Does.Contain("The last answer: "));
    }

    [Test]
    public void What_failed_is_not_verified()
    {
        Story story = Story.Play(Always(AddsMobile, _ => WriteFault.Refused));
        Assert.That((story.Final.Outcome, story.Final.Verified), Is.EqualTo((UserOutcome.Failed, false)));
    }

    [Test]
    public void An_add_refused_because_the_number_is_there_already_is_done()
    {
        Story story = Story.Play(Always(AddsMobile, _ => WriteFault.Refused) with { BeforeSend = Appear });
        Assert.That((story.Final.Outcome, story.Final.Verified), Is.EqualTo((UserOutcome.Done, true)));
    }

    [Test]
    public void An_effect_that_lands_sixty_seconds_after_sending_is_seen_and_not_repeated()
    {
        Story story = Story.Play(Always(AddsMobile, _ => WriteFault.LateAfterBroken));
        Assert.That(story.Tenant.Writes, Has.Count.EqualTo(1));
        Assert.That(story.Final, Has.Property("Outcome").EqualTo(UserOutcome.Done).And.Property("Verified").True);
    }

    [TestCase(WriteFault.NotSent)]
    [TestCase(WriteFault.Throttled)]
    [TestCase(WriteFault.NotReplicated)]
    public void What_certainly_changed_nothing_and_may_pass_is_tried_once_more_at_the_end_and_then_failed(WriteFault fault)
    {
        Story passing = Story.Play(Always(AddsMobile, n => n == 0 ? fault : WriteFault.None));
        Assert.That(passing.Final.Outcome, Is.EqualTo(UserOutcome.Done));
        Story lasting = Story.Play(Always(AddsMobile, _ => fault));
        Assert.That(lasting.Tenant.Writes, Has.Count.EqualTo(2));
        Assert.That(lasting.Final.Outcome, Is.EqualTo(UserOutcome.Failed));
    }

    [Test]
    public void A_409_notUnique_with_the_number_there_is_done_with_a_warning()
    {
        Story story = Story.Play(Always(AddsMobile, _ => WriteFault.NotUnique) with { Reading = new() { Lag = TimeSpan.FromSeconds(10) } });
        Assert.That(story.Final.Operations[0].Outcome, Is.EqualTo(OperationOutcome.Done));
        Assert.That(story.Final.Diagnostics.Select(d => (d.Code, d.Severity)), Is.EqualTo(new[] { ("smsSignInNotUnique", Severity.Warning) }));
        Assert.That(story.Tenant.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_404_on_delete_is_done_when_a_read_shows_it_gone()
    {
        Story story = Story.Play(Always(DeletesOffice, _ => WriteFault.None) with { BeforeSend = Vanish });
        Assert.That(story.Final.Operations[0].Outcome, Is.EqualTo(OperationOutcome.Done));
        Assert.That(story.Final.Operations[0].Error, Is.Null);
    }

    [Test]
    public void A_404_on_delete_is_not_done_when_no_read_succeeds()
    {
        Story story = Story.Play(Always(DeletesOffice, _ => WriteFault.None) with { BeforeSend = Vanish, Reading = new() { FailingAfterSend = 1000 } });
        Assert.That(story.Final.Operations[0].Outcome, Is.EqualTo(OperationOutcome.Unknown));
    }

    [Test]
    public void What_a_read_back_never_shows_is_done_not_verified_with_a_warning()
    {
        Story story = Story.Play(new Scenario(AddsMobile) { Reading = new() { Lag = TimeSpan.FromMinutes(10) } });
        Assert.That(story.Final.Operations[0].Outcome, Is.EqualTo(OperationOutcome.Done));
        Assert.That(story.Final.Operations[0].VerifiedAt, Is.Null);
        Assert.That(story.Final.Verified, Is.False);
        Assert.That(story.Final.Diagnostics.Single().Code, Is.EqualTo("notVerified"));
        Assert.That(story.Tenant.Readings.Skip(1).Select(r => Math.Round((r.At - story.Tenant.Writes[0].SentAt).TotalSeconds)),
            Is.EqualTo(new[] { 0.0, 1, 4, 13, 40 }));
    }

    [TestCase(true)]
    [TestCase(false, Description = "The directory need not say that the account is synchronised.")]
    public void A_slot_that_was_seen_gone_and_is_there_again_is_failed_masteredOnPremises(bool synced)
    {
        Story story = Story.Play(new Scenario(DeletesOffice) { Synced = synced, Meanwhile = ComeBack(Slot(2)) });
        Assert.That(story.Final.Operations[0].Outcome, Is.EqualTo(OperationOutcome.Failed));
        Assert.That(story.Final.Operations[0].Error!.Code, Is.EqualTo(ExecutionCodes.MasteredOnPremises));
        Assert.That(story.Tenant.Writes, Has.Count.EqualTo(1), "it is permanent: nothing is sent again");
    }

    [Test]
    public void Another_number_in_a_slot_that_was_seen_gone_is_somebodys_new_one_and_no_failure()
    {
        Story story = Story.Play(new Scenario(DeletesOffice) { Synced = true, Meanwhile = ComeBack(Slot(55)) });
        Assert.That(story.Final.Operations[0].Outcome, Is.EqualTo(OperationOutcome.Done));
    }

    [Test]
    public void A_slot_emptied_to_make_room_and_filled_by_us_did_not_come_back()
    {
        Shape swap = new(CurrentMethods.Nothing with { Mobile = Slot(1), AlternateMobile = Slot(2) },
            new DesiredMethods { Mobile = Managed.Value(Phone(2)), AlternateMobile = Managed.Value(Phone(1)) },
            new() { SameNumberInTwoSlots = SameNumberPolicy.Avoid });
        Assert.That(swap.Plan.Operations[0], Is.TypeOf<Operation.DeletePhone>());
        foreach (int at in new[] { 1, 2 })
        {
            Story story = Story.Play(Always(swap, n => n == at ? WriteFault.AppliedThenBroken : WriteFault.None));
            Assert.That(story.Final.Outcome, Is.EqualTo(UserOutcome.Done), story.ToString());
        }
    }

    [Test]
    public void A_read_from_before_our_own_writes_shows_nothing_gone_and_nothing_back()
    {
        // The office slot is written over to park a number and emptied later; late reads show its first number, the parked one, and nothing.
        Shape parks = Shapes.OneOfEach.First(s => s.Plan.Operations is [Operation.UpdatePhone { Slot: PhoneType.Office, Reason: Reason.MakesRoom },
            .., Operation.DeletePhone { Slot: PhoneType.Office }, _]);
        foreach (int tenths in Enumerable.Range(1, 60))
        {
            Story story = Story.Play(new Scenario(parks)
            {
                Reading = new() { Lag = TimeSpan.FromSeconds(5) },
                StopAfter = TimeSpan.FromSeconds(tenths / 10.0)
            });
            Assert.That(ExecutionLaws.BrokenAlone(story), Is.Null, story.ToString());
            Assert.That(story.Final.Operations.Select(o => o.Error?.Code), Has.None.EqualTo(ExecutionCodes.MasteredOnPremises));
        }
    }

    [Test]
    public void When_adding_the_phone_failed_no_method_is_taken_away_even_where_the_last_one_may_be()
    {
        Shape replace = new(CurrentMethods.Nothing with { Others = [Authenticator] },
            new DesiredMethods { Mobile = Managed.Value(Phone(1)), Removals = [Removal.AllOf(MethodKind.MicrosoftAuthenticator)] },
            new() { LastMethod = LastMethodPolicy.Allow });
        Story story = Story.Play(Always(replace, n => n == 0 ? WriteFault.Refused : WriteFault.None));
        Assert.That(story.User.Now.UsableCount, Is.EqualTo(1));
        Assert.That(story.Final.Operations.Select(o => (o.Outcome, o.Error?.Code)),
            Is.EqualTo(new[] { (OperationOutcome.Failed, "PP400"), (OperationOutcome.Skipped, ExecutionCodes.EarlierFailed) }));
    }

    [Test]
    public void An_unrelated_part_goes_on_when_another_failed()
    {
        Shape two = new(CurrentMethods.Nothing, new DesiredMethods { Mobile = Managed.Value(Phone(1)), Email = Managed.Value("kim@contoso.com") }, new());
        Story story = Story.Play(Always(two, n => n == 0 ? WriteFault.Refused : WriteFault.None));
        Assert.That(story.Final.Operations.Select(o => o.Outcome), Is.EqualTo(new[] { OperationOutcome.Failed, OperationOutcome.Done }));
    }

    [TestCase(true, 1)]
    [TestCase(false, 2)]
    public void The_sms_switch_is_skipped_when_the_service_switched_by_itself(bool readyOnWrite, int writes)
    {
        Shape on = new(CurrentMethods.Nothing, new DesiredMethods { Mobile = Managed.Value(Phone(1)), SmsSignIn = true }, new());
        Story story = Story.Play(new Scenario(on) { Service = new() { ReadyOnWrite = readyOnWrite }, Reading = new() { Lag = TimeSpan.FromSeconds(3) } });
        Assert.That(story.Tenant.Writes, Has.Count.EqualTo(writes));
        Assert.That(story.Final.Outcome, Is.EqualTo(UserOutcome.Done));
        Assert.That(story.Final.Operations[1].Error?.Code, Is.EqualTo(readyOnWrite ? ExecutionCodes.AlreadySo : null));
    }

    [TestCase(CrashPoint.Never, WriteFault.None)]
    [TestCase(CrashPoint.Never, WriteFault.AppliedThenBroken)]
    [TestCase(CrashPoint.Never, WriteFault.LateInSilence)]
    [TestCase(CrashPoint.AfterSend, WriteFault.None)]
    [TestCase(CrashPoint.AfterOutcome, WriteFault.None)]
    public void A_default_that_our_first_phone_moved_is_set_back_whatever_happens_between(CrashPoint crash, WriteFault fault)
    {
        Shape keep = new(CurrentMethods.Nothing with { Others = [Authenticator], Default = DefaultMethod.From(PreferredMethod.Push) },
            new DesiredMethods { Mobile = Managed.Value(Phone(1)) }, new() { KeepDefault = true });
        Assert.That(keep.Plan.Operations, Has.Length.EqualTo(2));
        Story story = Story.Play(Always(keep, n => n == 0 ? fault : WriteFault.None) with
        {
            CrashAt = crash,
            Service = new() { FirstPhoneBecomesDefault = true }
        });
        Assert.That(story.User.Now.Default.Is(PreferredMethod.Push), Is.True, story.ToString());
        Assert.That(story.Final.Outcome, Is.EqualTo(UserOutcome.Done));
    }

    [Test]
    public void A_default_that_did_not_move_is_not_written()
    {
        Shape keep = new(CurrentMethods.Nothing with { Others = [Authenticator], Default = DefaultMethod.From(PreferredMethod.Push) },
            new DesiredMethods { Mobile = Managed.Value(Phone(1)) }, new() { KeepDefault = true });
        Story story = Story.Play(new Scenario(keep));
        Assert.That(story.Tenant.Writes, Has.Count.EqualTo(1));
        Assert.That(story.Final.Operations[1].Error!.Code, Is.EqualTo(ExecutionCodes.AlreadySo));
    }

    [Test]
    public void Phones_that_we_added_do_not_forbid_the_next_one()
    {
        Shape both = new(CurrentMethods.Nothing, new DesiredMethods { Mobile = Managed.Value(Phone(1)), Office = Managed.Value(Phone(2)) },
            new() { AddPhone = AddPhonePolicy.NoMethod });
        Story story = Story.Play(Always(both, n => n == 1 ? WriteFault.LostBroken : WriteFault.None));
        Assert.That(story.Final.Outcome, Is.EqualTo(UserOutcome.Done), story.ToString());
    }

    private static Scenario Always(Shape shape, Func<int, WriteFault> faults) => new(shape) { Faults = faults };

    private static void Appear(ModelTenant tenant, ModelUser user, int number) => tenant.Change(user, m => m with { Mobile = Slot(1) });

    private static void Vanish(ModelTenant tenant, ModelUser user, int number) => tenant.Change(user, m => m with { Office = CurrentSlot.Empty });

    private static Func<ProvisioningConnector.TestKit.VirtualTime.VirtualWorld, ModelTenant, Task> ComeBack(CurrentSlot slot) => async (world, tenant) =>
    {
        await world.Delay(TimeSpan.FromMilliseconds(600));
        tenant.Change(tenant[Story.Uid], m => m with { Office = slot });
    };
}
