using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Undo;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Runs.Undo;

/// <summary>What an undo asks for, and what it says cannot come back, operation by operation (docs/safety.md#undo).</summary>
public sealed class UndoLimitsTests
{
    private static readonly UndoTerms Terms = new(Undone.SentAt.AddHours(1), TimeSpan.FromHours(72), Undone.SentAt, null);
    private static readonly CurrentMethods WithMobile = CurrentMethods.Nothing with { Mobile = CurrentSlot.From(Phone(1)) };

    private static IEnumerable<TestCaseData> Lost() =>
    [
        .. from kind in MethodKinds.Removable
           select new TestCaseData(new Operation.RemoveMethod(new(kind, "m"), Reason.NotWanted)) { TestName = $"{{m}} ({kind})" },
        new TestCaseData(new Operation.DeactivateToken(new(MethodKind.HardwareOath, "m"), Reason.Requested)) { TestName = "{m} (deactivated token)" },
        new TestCaseData(new Operation.IssuePass(60, true, null, Reason.Requested)) { TestName = "{m} (pass)" },
        new TestCaseData(new Operation.ResetPassword(Reason.Requested)) { TestName = "{m} (password)" },
        new TestCaseData(new Operation.RemoveMember("group", Reason.NotWanted)) { TestName = "{m} (membership)" },
    ];

    [TestCaseSource(nameof(Lost))]
    public void What_cannot_come_back_is_named_and_asks_for_nothing(Operation operation)
    {
        SourceRow row = From(WithMobile with { Others = [new(MethodKind.Fido2, "other")] }, operation);
        Assert.That(row.Condition?.Lost.Select(h => (h.Part, h.Code, h.Standing)), Is.EqualTo(new[] { (operation.Part, HoldCodes.NotRestorable, false) }));
        Assert.That(row.Desired, Is.EqualTo(new DesiredMethods()));
    }

    [TestCase(true, SmsSignInState.Ready, null, Description = "as it was: on, and only the e-mail was changed")]
    [TestCase(false, SmsSignInState.Ready, true, Description = "it was on and was switched off")]
    [TestCase(true, SmsSignInState.NotEnabled, false, Description = "it was off and was switched on")]
    [TestCase(false, SmsSignInState.NotEnabled, null, Description = "it was off and stayed off")]
    public void Sms_sign_in_goes_back_to_what_it_was(bool on, SmsSignInState before, bool? wanted)
    {
        Operation email = new Operation.AddEmail("kim@contoso.com", Reason.Missing);
        bool switches = on != (before == SmsSignInState.Ready);
        ImmutableArray<Operation> ran = switches ? [email, new Operation.SwitchSmsSignIn(on, before, Reason.SignInWanted)] : [email];
        Assert.That(From(WithMobile with { SmsSignIn = before }, [.. ran]).Desired.SmsSignIn, Is.EqualTo(wanted));
    }

    [Test]
    public void A_number_that_comes_back_gets_its_sms_sign_in_back() => Assert.That(
        From(WithMobile with { SmsSignIn = SmsSignInState.Ready }, new Operation.UpdatePhone(PhoneType.Mobile, WithMobile.Mobile, Phone(2), Reason.Differs))
            .Desired.SmsSignIn, Is.True);

    [Test]
    public void Without_an_earlier_mobile_number_sms_sign_in_is_left_to_itself() => Assert.That(
        From(CurrentMethods.Nothing, new Operation.AddPhone(PhoneType.Mobile, Phone(2), Reason.Missing),
            new Operation.SwitchSmsSignIn(true, SmsSignInState.NotEnabled, Reason.SignInWanted)).Desired.SmsSignIn, Is.Null);

    [Test]
    public void An_earlier_value_that_is_no_number_keeps_all_phones_as_they_are_and_the_email_goes_back()
    {
        CurrentMethods before = WithMobile with { Office = CurrentSlot.FromGraph("ext. 5"), Email = new("e", "old@contoso.com") };
        SourceRow row = From(before, new Operation.UpdatePhone(PhoneType.Office, before.Office, Phone(3), Reason.Unreadable),
            new Operation.UpdatePhone(PhoneType.Mobile, before.Mobile, Phone(2), Reason.Differs),
            new Operation.UpdateEmail(new("e", "old@contoso.com"), "new@contoso.com", Reason.Differs));
        Assert.That(row.Condition?.Lost.Select(h => (h.Part, h.Standing)), Is.EqualTo(new[] { (Part.Phones, false) }));
        Assert.That(row.Condition?.Slots, Is.Empty);
        Assert.That(row.Desired, Is.EqualTo(new DesiredMethods { Email = Managed.Value("old@contoso.com") }));
    }

    [Test]
    public void An_added_email_is_taken_away_only_while_it_is_that_address()
    {
        SourceRow row = From(WithMobile, new Operation.AddEmail("new@contoso.com", Reason.Missing));
        Assert.That(row.Desired.Email, Is.EqualTo(Managed.None<string>()));
        Assert.That(row.Condition?.Email, Is.EqualTo(new ExpectedEmail("new@contoso.com", null)));
        Assert.That(From(WithMobile, new Operation.AddPhone(PhoneType.Office, Phone(3), Reason.Missing)).Condition?.Email, Is.Null);
    }

    // Ids of the registrations that the run removed, and whether the default method that was push can come back.
    [TestCase("", true)]
    [TestCase("one", true)]
    [TestCase("one two", false)]
    public void A_default_method_comes_back_while_a_registration_that_serves_it_is_left(string removed, bool comesBack)
    {
        CurrentMethods before = WithMobile with
        {
            Others = [new(MethodKind.MicrosoftAuthenticator, "one"), new(MethodKind.MicrosoftAuthenticator, "two"), new(MethodKind.Fido2, "one")],
        };
        Operation[] removals = [.. removed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => new Operation.RemoveMethod(
            new(MethodKind.MicrosoftAuthenticator, id.ToUpperInvariant()), Reason.NotWanted))];
        Operation prefer = new Operation.Prefer(DefaultMethod.From(PreferredMethod.Push), PreferredMethod.Sms, Reason.DefaultWanted, Part.PreferredMethod);
        SourceRow row = From(before, [prefer, .. removals]);
        Assert.That(row.Desired.Preferred, Is.EqualTo(comesBack ? PreferredMethod.Push : (PreferredMethod?)null));
        Assert.That(row.Condition?.Lost.Any(h => h.Part == Part.PreferredMethod), Is.EqualTo(!comesBack));
    }

    [Test]
    public void The_default_method_goes_back_to_the_one_before_the_first_switch()
    {
        CurrentMethods before = WithMobile with { Others = [new(MethodKind.MicrosoftAuthenticator, "one")] };
        SourceRow row = From(before,
            new Operation.Prefer(DefaultMethod.From(PreferredMethod.Push), PreferredMethod.Sms, Reason.DefaultWouldBeDeleted, Part.MicrosoftAuthenticator),
            new Operation.Prefer(DefaultMethod.From(PreferredMethod.Sms), PreferredMethod.VoiceMobile, Reason.DefaultWanted, Part.PreferredMethod));
        Assert.That(row.Desired.Preferred, Is.EqualTo(PreferredMethod.Push));
    }

    [Test]
    public void Of_several_writes_to_one_part_the_latest_says_how_old_the_change_is()
    {
        RunUser user = User(WithMobile, new Operation.UpdatePhone(PhoneType.Mobile, WithMobile.Mobile, Phone(2), Reason.Differs),
            new Operation.AddPhone(PhoneType.Office, Phone(3), Reason.Missing));
        UserResult result = user.Result ?? throw new AssertionException("The user has a result.");
        OperationResult earlier = result.Operations[0] with { SentAt = Undone.SentAt.AddHours(-9) };
        user = user with { Result = result with { Operations = result.Operations.SetItem(0, earlier) } };
        UndoTerms terms = Terms with { Now = Undone.SentAt, MaxAge = TimeSpan.FromHours(5) };
        Assert.That(UndoRow.From(user, terms)?.Condition?.Barred, Is.Empty);
        Assert.That(UndoRow.From(user, terms with { Now = Undone.SentAt.AddHours(6) })?.Condition?.Barred.Select(h => (h.Code, h.Standing)),
            Is.EqualTo(new[] { (HoldCodes.TooOld, false) }));
    }

    private static SourceRow From(CurrentMethods before, params Operation[] operations) =>
        UndoRow.From(User(before, operations), Terms) ?? throw new AssertionException("Something was applied.");

    /// <summary>A user to whom a run did this.</summary>
    private static RunUser User(CurrentMethods before, params Operation[] operations)
    {
        RunUser user = Undone.User(before, new DesiredMethods());
        return new RunUser(user.Planned with { Plan = user.Planned.Plan with { Operations = [.. operations] } },
            new UserResult { Operations = [.. operations.Select(o => new OperationResult(o, OperationOutcome.Done, Undone.SentAt))] });
    }
}
