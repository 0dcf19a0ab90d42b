using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

/// <summary>Whatever is asked, the answer is one of Graph's: never a crash, never a 500, and errors always in the envelope.</summary>
public sealed class Robustness_tests
{
    private static readonly string[] Verbs = ["GET", "POST", "PATCH", "PUT", "DELETE"];

    private static readonly string[] Tails =
    [
        "", "methods", "methods/x", "methods/28c10230-6103-485e-b985-444c60001490/resetPassword", "phoneMethods", "phoneMethods/x",
        "phoneMethods/" + SlotNames.MobileId, "phoneMethods/" + SlotNames.OfficeId, "phoneMethods/" + SlotNames.MobileId + "/enableSmsSignIn",
        "phoneMethods/" + SlotNames.OfficeId + "/disableSmsSignIn", "phoneMethods/" + SlotNames.MobileId + "/call", "emailMethods", "emailMethods/x",
        "passwordMethods", "passwordMethods/x", "passwordMethods/x/resetPassword", "fido2Methods", "fido2Methods/x", "fido2Methods/creationOptions",
        "fido2Methods/x/y/z", "hardwareOathMethods", "hardwareOathMethods/x/deactivate", "qrCodePinMethod", "temporaryAccessPassMethods",
        "externalAuthenticationMethods", "signInPreferences", "requirements", "operations", "operations/x", "nothing",
    ];

    private static readonly string[] Bodies =
    [
        "", "{}", "[]", "7", "{\"phoneNumber\":7,\"phoneType\":[]}", "{\"phoneNumber\":\"\\ud800\",\"phoneType\":\"mobile\"}",
        "{\"emailAddress\":null}", "{\"lifetimeInMinutes\":\"x\"}", "{\"newPassword\":{}}", "{\"passwordProfile\":{\"password\":\"\\ud800\"}}",
        "{\"userPreferredMethodForSecondaryAuthentication\":1}", "{\"perUserMfaState\":\"perhaps\"}", "{\"configurationId\":1}", new string('[', 5000),
    ];

    private Stage _stage = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _stage = await Stage.Open(new SandboxSettings { Permissions = new PermissionSettings { ResetPasswordAppOnly = true }, BetaPut = true });
        _stage.Add("kim", "+1 2065550100", methods: [new SeedMethod { Kind = "fido2" }, new SeedMethod { Kind = "qrCodePin" }]);
    }

    [OneTimeTearDown]
    public async Task Close() => await _stage.DisposeAsync();

    [TestCase("v1.0")]
    [TestCase("beta")]
    public async Task Any_verb_on_any_path_with_any_body_is_answered(string version)
    {
        foreach (string tail in Tails)
            foreach (string verb in Verbs)
                foreach (string body in verb is "GET" or "DELETE" ? [""] : Bodies)
                    Check(await _stage.Client.Send(verb, $"/{version}/users/kim@contoso.com/authentication/{tail}", body.Length == 0 ? null : body),
                        $"{verb} {tail} {body}");
    }

    [TestCase("/v1.0/users?$filter=")]
    [TestCase("/v1.0/users?$filter=(((((((((")]
    [TestCase("/v1.0/users?$filter=mail in (")]
    [TestCase("/v1.0/users?$filter=accountEnabled gt 'x'")]
    [TestCase("/v1.0/users?$top=-1&$skiptoken=RFNwdAIAAQFFFFFFFF")]
    [TestCase("/v1.0/users?$select=,,&$top=1")]
    [TestCase("/v1.0/users('")]
    [TestCase("/v1.0/users(')")]
    [TestCase("/v1.0/users/%ff%fe/authentication/methods")]
    [TestCase("/v1.0/groups/x/members/y")]
    [TestCase("/v1.0/roleManagement/directory/roleAssignments?$skiptoken=-1")]
    [TestCase("/v1.0/roleManagement/directory/roleAssignments?$filter=principalId eq")]
    [TestCase("/v1.0/reports/authenticationMethods/userRegistrationDetails?$filter=methodsRegistered/any(")]
    [TestCase("/v1.0/reports/authenticationMethods/userRegistrationDetails/nobody")]
    [TestCase("/v1.0/auditLogs/directoryAudits?$filter=activityDateTime ge yesterday&$top=0")]
    [TestCase("/v1.0/auditLogs/directoryAudits?$filter=targetResources/any(t: t/id eq 'x') and initiatedBy/user/id eq 'y'")]
    [TestCase("/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/nothing")]
    [TestCase("/v1.0/organization/x")]
    public async Task Any_query_is_answered(string path) => Check(await _stage.Client.Get(path), path);

    [Test]
    public async Task A_filter_of_any_depth_is_answered() =>
        Check(await _stage.Client.Get("/v1.0/users?$filter=" + new string('(', 3000)), "3000 brackets");

    [TestCase("{\"requests\":7}")]
    [TestCase("{\"requests\":[7]}")]
    [TestCase("{\"requests\":[{\"id\":{},\"method\":[],\"url\":1}]}")]
    [TestCase("{\"requests\":[{\"id\":\"\\ud800\",\"method\":\"GET\",\"url\":\"/users\"}]}")]
    [TestCase("{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"?\",\"headers\":7,\"dependsOn\":7}]}")]
    [TestCase("{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"/$batch\"}]}")]
    [TestCase("{\"requests\":[{\"id\":\"1\",\"method\":\"FLY\",\"url\":\"/users\"},{\"id\":\"2\",\"method\":\"GET\",\"url\":\"/users\",\"dependsOn\":[{}]}]}")]
    public async Task Any_batch_is_answered(string body) => Check(await _stage.Client.Post("/v1.0/$batch", body), body);

    private static void Check(Reply reply, string what)
    {
        Assert.That(reply.Status, Is.LessThan(500), what);
        if (reply.Status >= 400) Assert.That(reply.ErrorCode, Is.Not.Empty, what);
    }
}
