using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Tests.Samples;

namespace ProvisioningConnector.Stores.Tests.Bodies;

/// <summary>
/// What lies in stores out there stays readable. When one of these fails because a record was renamed or reshaped, do not
/// change the text: teach <see cref="Body"/> the old form.
/// </summary>
public sealed class StoredFormTests
{
    private const string Stored = """
        {"row":{"ordinal":4,"place":{"source":"list.csv","row":6},"userText":"Anna@contoso.com","key":{"kind":"name","value":"Anna@contoso.com"},
        "desired":{"mobile":"+1 2065550100","alternateMobile":false,"email":"anna@example.org","removals":[{"kind":"fido2","ids":["x"]}],
        "smsSignIn":true,"preferred":"sms"},
        "asOf":"2026-03-01T12:00:00+01:00",
        "diagnostics":[{"code":"odd","severity":"warning","message":"Odd.","place":{"source":"list.csv","row":6,"column":"mobile"}}]},
        "user":{"uid":"u1","principalName":"anna@contoso.com","displayName":"Anna","enabled":true,"isGuest":false,"onPremisesSynced":true},
        "current":{"mobile":"+1 2065550199","office":["ask me"],"smsSignIn":"ready","email":{"id":"3","address":"old@example.org"},
        "others":[{"kind":"fido2","id":"x","displayName":"Key"}],"hardwareOathRead":false,"default":"push"},
        "plan":{"situation":"changed","operations":[{"kind":"updatePhone","slot":"mobile","before":"+1 2065550199","number":"+1 2065550100","reason":"differs"},
        {"kind":"removeMethod","method":{"kind":"fido2","id":"x"},"reason":"notWanted"},
        {"kind":"prefer","before":"push","method":"sms","reason":"defaultWanted","forPart":"preferredMethod"}],
        "held":[{"part":"email","code":"protected","standing":true,"message":"No."}],"diagnostics":[],"methodsBefore":3,"methodsAfter":2,
        "needsDefault":false,"losesLastPhone":false},
        "isPrivileged":true}
        """;

    private static readonly PlannedUser Meant = new(
        new SourceRow(
            4,
            new Place("list.csv", 6),
            "Anna@contoso.com",
            new UserKey(UserKeyKind.Name, "Anna@contoso.com"),
            new DesiredMethods
            {
                Mobile = Sample.Wants("+1 2065550100"), AlternateMobile = Managed.None<PhoneNumber>(), Email = Managed.Value("anna@example.org"),
                Removals = [new Removal(MethodKind.Fido2, ["x"])], SmsSignIn = true, Preferred = PreferredMethod.Sms,
            },
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1)),
            [Diagnostic.Warning("odd", "Odd.", new Place("list.csv", 6, "mobile"))]),
        new DirectoryUser("u1", "anna@contoso.com", "Anna", Enabled: true, OnPremisesSynced: true),
        new CurrentMethods
        {
            Mobile = CurrentSlot.FromGraph("+1 2065550199"), Office = CurrentSlot.FromGraph("ask me"), SmsSignIn = SmsSignInState.Ready,
            Email = new CurrentEmail("3", "old@example.org"), Others = [new AuthenticationMethod(MethodKind.Fido2, "x", "Key")],
            Default = DefaultMethod.From(PreferredMethod.Push),
        },
        new UserPlan
        {
            Situation = Situation.Changed,
            Operations =
            [
                new Operation.UpdatePhone(PhoneType.Mobile, CurrentSlot.FromGraph("+1 2065550199"), Sample.Number("+1 2065550100"), Reason.Differs),
                new Operation.RemoveMethod(new AuthenticationMethod(MethodKind.Fido2, "x"), Reason.NotWanted),
                new Operation.Prefer(DefaultMethod.From(PreferredMethod.Push), PreferredMethod.Sms, Reason.DefaultWanted, Part.PreferredMethod),
            ],
            Held = [new HeldPart(Part.Email, "protected", true, "No.")],
            MethodsBefore = 3,
            MethodsAfter = 2,
        },
        true);

    [Test]
    public void A_planned_user_that_was_stored_is_read_as_it_was_meant() =>
        Assert.That(Deep.Text(Body.Read<PlannedUser>(Encoding.UTF8.GetBytes(Stored))), Is.EqualTo(Deep.Text(Meant)));
}
