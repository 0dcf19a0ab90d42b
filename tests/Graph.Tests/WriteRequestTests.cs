using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Tests.Support;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests;

public class WriteRequestTests
{
    private const string User = "/v1.0/users/" + Rig.Uid + "/authentication/";
    private const string Beta = "/beta/users/" + Rig.Uid + "/authentication/";
    private const string Mobile = "phoneMethods/3179e48a-750b-4051-897c-87b9720928f7";

    private static readonly CurrentEmail Email = new("3ddfcfc8-9383-446f-83cc-3ab9be4be18f", "old@contoso.com");

    private static IEnumerable<TestCaseData> Requests()
    {
        static TestCaseData Case(Operation operation, string method, string path, string body) =>
            new(operation, method, path, body) { TestName = $"{operation.GetType().Name} {path}" };
        static Operation Remove(MethodKind kind) => new Operation.RemoveMethod(new AuthenticationMethod(kind, "an id/é"), Some.Reason);
        const string Phone = """{"phoneNumber":"+1 2065550100","phoneType":"TYPE"}""";
        yield return Case(Some.Add(), "POST", User + "phoneMethods", Phone.Replace("TYPE", "mobile"));
        yield return Case(Some.Add(PhoneType.AlternateMobile), "POST", User + "phoneMethods", Phone.Replace("TYPE", "alternateMobile"));
        yield return Case(new Operation.AddPhone(PhoneType.Office, Some.Number("+1 5555551234x123"), Some.Reason),
            "POST", User + "phoneMethods", """{"phoneNumber":"+1 5555551234x123","phoneType":"office"}""");
        yield return Case(Some.Update(), "PATCH", User + Mobile, Phone.Replace("TYPE", "mobile"));
        yield return Case(Some.Update(PhoneType.AlternateMobile), "PATCH", User + "phoneMethods/b6332ec1-7057-4abe-9331-3d72feddfe41",
            Phone.Replace("TYPE", "alternateMobile"));
        yield return Case(Some.Delete(PhoneType.Office), "DELETE", User + "phoneMethods/e37fc753-ff3b-4958-9484-eaa9425c82bc", "");
        yield return Case(new Operation.AddEmail("k'im+x@contoso.com", Some.Reason), "POST", User + "emailMethods",
            """{"emailAddress":"k'im+x@contoso.com"}""");
        yield return Case(new Operation.UpdateEmail(Email, "new@contoso.com", Some.Reason), "PATCH",
            User + "emailMethods/" + Email.Id, """{"emailAddress":"new@contoso.com"}""");
        yield return Case(new Operation.DeleteEmail(Email, Some.Reason), "DELETE", User + "emailMethods/" + Email.Id, "");
        yield return Case(Remove(MethodKind.Fido2), "DELETE", User + "fido2Methods/an%20id%2F%C3%A9", "");
        yield return Case(Remove(MethodKind.MicrosoftAuthenticator), "DELETE", User + "microsoftAuthenticatorMethods/an%20id%2F%C3%A9", "");
        yield return Case(Remove(MethodKind.SoftwareOath), "DELETE", User + "softwareOathMethods/an%20id%2F%C3%A9", "");
        yield return Case(Remove(MethodKind.HardwareOath), "DELETE", Beta + "hardwareOathMethods/an%20id%2F%C3%A9", "");
        yield return Case(Remove(MethodKind.WindowsHello), "DELETE", User + "windowsHelloForBusinessMethods/an%20id%2F%C3%A9", "");
        yield return Case(Remove(MethodKind.PlatformCredential), "DELETE", User + "platformCredentialMethods/an%20id%2F%C3%A9", "");
        yield return Case(Remove(MethodKind.External), "DELETE", User + "externalAuthenticationMethods/an%20id%2F%C3%A9", "");
        yield return Case(Remove(MethodKind.TemporaryAccessPass), "DELETE", User + "temporaryAccessPassMethods/an%20id%2F%C3%A9", "");
        yield return Case(Remove(MethodKind.QrCodePin), "DELETE", Beta + "qrCodePinMethod", "");
        yield return Case(new Operation.SwitchSmsSignIn(true, default, Some.Reason), "POST", User + Mobile + "/enableSmsSignIn", "");
        yield return Case(new Operation.SwitchSmsSignIn(false, default, Some.Reason), "POST", User + Mobile + "/disableSmsSignIn", "");
        yield return Case(new Operation.Prefer(default, PreferredMethod.VoiceAlternateMobile, Some.Reason, Part.Phones),
            "PATCH", Beta + "signInPreferences", """{"userPreferredMethodForSecondaryAuthentication":"voiceAlternateMobile"}""");
        yield return Case(new Operation.AddMember("group/1", Some.Reason), "POST", "/v1.0/groups/group%2F1/members/$ref",
            $$"""{"@odata.id":"http://127.0.0.1:1/v1.0/directoryObjects/{{Rig.Uid}}"}""");
        yield return Case(new Operation.RemoveMember("group/1", Some.Reason), "DELETE", $"/v1.0/groups/group%2F1/members/{Rig.Uid}/$ref", "");
    }

    [TestCaseSource(nameof(Requests))]
    public async Task Each_operation_has_its_documented_request(Operation operation, string method, string path, string body)
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Json(204, ""));
        using Rig rig = new(stub);
        WriteAnswer answer = await rig.Writer.SendAsync(Rig.Uid, operation, default);
        Assert.That(answer, Is.InstanceOf<WriteAnswer.Accepted>());
        Seen seen = stub.Seen.Single();
        Assert.That((seen.Method, seen.Path, seen.Body), Is.EqualTo((method, path, body)));
        Assert.That(seen.Headers.ContainsKey("Content-Type"), Is.EqualTo(body.Length > 0));
        Assert.That(Guid.TryParse(seen.Headers["client-request-id"], out _), Is.True);
        Assert.That(seen.Headers["x-ms-throttle-priority"], Is.EqualTo("low"));
        Assert.That(seen.Headers["Authorization"], Is.EqualTo("Bearer opaque"));
    }

    [Test]
    public async Task What_has_no_request_is_refused_without_sending()
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Json(204, ""));
        using Rig rig = new(stub);
        foreach (Operation operation in new Operation[] { new Operation.ResetPassword(Some.Reason),
            new Operation.RemoveMethod(new AuthenticationMethod(MethodKind.Password, "x"), Some.Reason) })
        {
            Assert.That(await rig.Writer.SendAsync(Rig.Uid, operation, default),
                Is.InstanceOf<WriteAnswer.Refused>().With.Property("Error").Property("Code").EqualTo("PP408"));
        }

        Assert.That(stub.Seen, Is.Empty);
    }

    [TestCase("""{"id":"x","smsSignInState":"ready"}""", SmsSignInState.Ready)]
    [TestCase("""{"phoneNumber":"+1 2065550100","smsSignInState":"PhoneNumberNotUnique"}""", SmsSignInState.PhoneNumberNotUnique)]
    [TestCase("""{"smsSignInState":"somethingNew"}""", SmsSignInState.Unknown)]
    [TestCase("""{"smsSignInState":null}""", null)]
    [TestCase("", null)]
    [TestCase(" \r\n", null)]
    [TestCase("{}", null)]
    [TestCase("""{"@odata.context":"c"}""", null)]
    public async Task An_accepted_write_reports_the_state_of_SMS_sign_in_where_its_body_has_one(string body, SmsSignInState? state)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(201, body, ("request-id", "rid"))));
        WriteAnswer answer = await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default);
        Assert.That(answer, Is.EqualTo(new WriteAnswer.Accepted(answer.SentAt, "rid", state)));
    }
}
