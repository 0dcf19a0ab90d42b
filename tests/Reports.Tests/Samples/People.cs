using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Tests.Samples;

/// <summary>One user for every kind of operation and every situation.</summary>
internal static class People
{
    private static readonly AuthenticationMethod Authenticator = new(MethodKind.MicrosoftAuthenticator, "auth-1", "Kim's phone");
    private static readonly AuthenticationMethod SecurityKey = new(MethodKind.Fido2, "fido-1", "Blue key");

    public static PlannedUser Adds { get; } = Sample.User(
        "ada@contoso.com", new() { Others = [Authenticator] },
        new() { Mobile = Managed.Value(Sample.Number("+1 2065555555")), Office = Managed.None<PhoneNumber>() },
        operations: [new Operation.AddPhone(PhoneType.Mobile, Sample.Number("+1 2065555555"), Reason.Missing)], displayName: "Ada Lovelace");

    public static PlannedUser Updates { get; } = Sample.User(
        "bob@contoso.com", new() { Mobile = Sample.Slot("+1 2065550100"), Email = new("email-1", "bob@home.example") },
        new() { Mobile = Managed.Value(Sample.Number("+1 2065550101")), Email = Managed.Value("bob@new.example") },
        operations:
        [
            new Operation.UpdatePhone(PhoneType.Mobile, Sample.Slot("+1 2065550100"), Sample.Number("+1 2065550101"), Reason.Differs),
            new Operation.UpdateEmail(new("email-1", "bob@home.example"), "bob@new.example", Reason.Differs),
        ], displayName: "Bob", ordinal: 1);

    public static PlannedUser LosesAll { get; } = Sample.User(
        "cai@contoso.com", new() { Office = Sample.Slot("+1 4255550199x12") }, new() { Office = Managed.None<PhoneNumber>() },
        operations: [new Operation.DeletePhone(PhoneType.Office, Sample.Slot("+1 4255550199x12"), Reason.NotWanted)], ordinal: 2);

    public static PlannedUser Moves { get; } = Sample.User(
        "dee@contoso.com", new() { Mobile = Sample.Slot("+44 2079460018"), Others = [SecurityKey] },
        new() { Office = Managed.Value(Sample.Number("+44 2079460018")) },
        operations:
        [
            new Operation.AddPhone(PhoneType.Office, Sample.Number("+44 2079460018"), Reason.Missing),
            new Operation.DeletePhone(PhoneType.Mobile, Sample.Slot("+44 2079460018"), Reason.NotWanted),
        ], privileged: true, ordinal: 3);

    public static PlannedUser Removes { get; } = Sample.User(
        "eve@contoso.com",
        new()
        {
            Mobile = Sample.Slot("+1 2065550111"), SmsSignIn = SmsSignInState.NotConfigured,
            Others = [Authenticator, SecurityKey], Default = DefaultMethod.From(PreferredMethod.Push)
        },
        new()
        {
            SmsSignIn = true, Removals = [Removal.AllOf(MethodKind.MicrosoftAuthenticator), new Removal(MethodKind.Fido2, ["fido-1"])],
            Preferred = PreferredMethod.Sms
        },
        operations:
        [
            new Operation.Prefer(DefaultMethod.From(PreferredMethod.Push), PreferredMethod.Sms, Reason.DefaultWouldBeDeleted, Part.MicrosoftAuthenticator),
            new Operation.SwitchSmsSignIn(true, SmsSignInState.NotConfigured, Reason.SignInWanted),
            new Operation.RemoveMethod(SecurityKey, Reason.NotWanted),
            new Operation.RemoveMethod(Authenticator, Reason.NotWanted),
            new Operation.ResetPassword(Reason.Requested),
        ], ordinal: 4);

    public static PlannedUser Unreadable { get; } = Sample.User(
        "fay@contoso.com", new() { Mobile = Sample.Slot("call 2065550123 after five") },
        new() { Mobile = Managed.Value(Sample.Number("+39 0612345678")), Email = Managed.None<string>() },
        operations: [new Operation.UpdatePhone(PhoneType.Mobile, Sample.Slot("call 2065550123 after five"),
            Sample.Number("+39 0612345678"), Reason.Unreadable)],
        ordinal: 5);

    public static PlannedUser MailOnly { get; } = Sample.User(
        "mail:gus@contoso.com", new() { Email = new("email-2", "gus@home.example") }, new() { Email = Managed.None<string>() },
        operations: [new Operation.DeleteEmail(new("email-2", "gus@home.example"), Reason.NotWanted)], ordinal: 6);

    public static PlannedUser Held { get; } = Sample.User(
        "hal@contoso.com", new() { Mobile = Sample.Slot("+1 2065550140") }, new() { Mobile = Managed.Value(Sample.Number("+1 2065550141")) },
        Situation.Held, held: [new(Part.Phones, HoldCodes.Drift, false, "The tenant moved although the row did not change.")], ordinal: 7);

    public static PlannedUser Invalid { get; } = Sample.User(
        "ivy@contoso.com", new(), situation: Situation.Invalid,
        diagnostics: [Diagnostic.Error("alternateWithoutMobile", "alternateMobile needs a mobile.", new Place("hr.csv", 10, "alternateMobile"))], ordinal: 8);

    public static PlannedUser NotFound { get; } = Sample.User(
        "joe@contoso.com", null, situation: Situation.NotFound, diagnostics: [Diagnostic.Error("notFound", "No such user.")], ordinal: 9);

    public static PlannedUser NotRead { get; } = Sample.User(
        "kay@contoso.com", null, situation: Situation.NotRead, diagnostics: [Diagnostic.Error("PP503", "The service did not answer.")], ordinal: 10);

    public static PlannedUser Equal { get; } = Sample.User("lee@contoso.com", new(), situation: Situation.Equal, ordinal: 11);

    public static PlannedUser[] All { get; } = [Adds, Updates, LosesAll, Moves, Removes, Unreadable, MailOnly, Held, Invalid, NotFound, NotRead, Equal];
}
