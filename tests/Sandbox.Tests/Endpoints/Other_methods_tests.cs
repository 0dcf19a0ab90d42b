using System.Text.Json;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

/// <summary>docs/graph.md#reading, docs/graph.md#e-mail-method, docs/graph.md#other-methods and docs/graph.md#sign-in-preferences.</summary>
public sealed class Other_methods_tests
{
    private static readonly (string Kind, string Segment, string Type, bool V1)[] KindsValues =
    [
        ("fido2", "fido2Methods", "fido2AuthenticationMethod", true),
        ("microsoftAuthenticator", "microsoftAuthenticatorMethods", "microsoftAuthenticatorAuthenticationMethod", true),
        ("softwareOath", "softwareOathMethods", "softwareOathAuthenticationMethod", true),
        ("windowsHello", "windowsHelloForBusinessMethods", "windowsHelloForBusinessAuthenticationMethod", true),
        ("temporaryAccessPass", "temporaryAccessPassMethods", "temporaryAccessPassAuthenticationMethod", true),
        ("platformCredential", "platformCredentialMethods", "platformCredentialAuthenticationMethod", true),
        ("external", "externalAuthenticationMethods", "externalAuthenticationMethod", true),
        ("hardwareOath", "hardwareOathMethods", "hardwareOathAuthenticationMethod", false),
    ];

    private Stage _stage = null!;
    private int _users;

    [OneTimeSetUp]
    public async Task Open() => _stage = await Stage.Open();

    [OneTimeTearDown]
    public async Task Close() => await _stage.DisposeAsync();

    private SandboxUser Someone(string? defaultMethod = null, string? mobile = null, string? email = null, params string[] kinds) =>
        _stage.Add("o" + Interlocked.Increment(ref _users), mobile, email: email, defaultMethod: defaultMethod,
            methods: [.. kinds.Select(k => new SeedMethod { Kind = k })]);

    private static string IdOf(SandboxUser user, string rest, string version = "v1.0") => $"/{version}/users/{user.Id}/authentication/{rest}";

    public static IEnumerable<TestCaseData> Kinds() => KindsValues.Select(k => new TestCaseData(k.Kind, k.Segment, k.Type, k.V1).SetArgDisplayNames(k.Kind));

    [TestCaseSource(nameof(Kinds))]
    public async Task A_kind_is_listed_read_and_deleted_in_its_typed_collection(string kind, string segment, string type, bool v1)
    {
        SandboxUser user = Someone(kinds: [kind]);
        string version = v1 ? "v1.0" : "beta";
        string? id = (await _stage.Client.Get(IdOf(user, segment, version))).Value.Single().GetProperty("id").GetString();
        Assert.That((await _stage.Client.Get(IdOf(user, $"{segment}/{id}", version))).Status, Is.EqualTo(200));
        Assert.That((await _stage.Client.Delete(IdOf(user, $"{segment}/{Guid.NewGuid()}", version))).Status, Is.EqualTo(404));
        Assert.That((await _stage.Client.Delete(IdOf(user, $"{segment}/{id}", version))).Status, Is.EqualTo(204));
        Assert.That(user.Credentials.Others, Is.Empty);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task The_mixed_list_names_types_and_v1_hides_what_it_does_not_know(string kind, string segment, string type, bool v1)
    {
        SandboxUser user = Someone(kinds: [kind]);
        Assert.That(await Types("v1.0"), v1 ? Has.Some.EqualTo("#microsoft.graph." + type) : Has.None.EqualTo("#microsoft.graph." + type));
        Assert.That(await Types("beta"), Has.Some.EqualTo("#microsoft.graph." + type));
        Assert.That((await _stage.Client.Get(IdOf(user, segment))).Status, Is.EqualTo(v1 ? 200 : 400));

        async Task<IEnumerable<string?>> Types(string version) =>
            (await _stage.Client.Get(IdOf(user, "methods", version))).Value.Select(m => m.GetProperty("@odata.type").GetString());
    }

    [Test]
    public async Task The_generic_collection_cannot_delete()
    {
        SandboxUser user = Someone(kinds: ["fido2"]);
        Reply reply = await _stage.Client.Delete(IdOf(user, "methods/" + user.Credentials.Others[0].Id));
        Assert.That(reply.ErrorCode, Is.EqualTo("UnknownError"));
        Assert.That(reply.Message, Does.StartWith("No HTTP resource was found that matches the request URI"));
        Assert.That(user.Credentials.Others, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_default_authenticator_is_not_deleted_while_a_phone_exists()
    {
        SandboxUser user = Someone("push", "+1 2065550100", kinds: "microsoftAuthenticator");
        string path = IdOf(user, "microsoftAuthenticatorMethods/" + user.Credentials.Others[0].Id);
        Assert.That((await _stage.Client.Delete(path)).Message, Does.Contain("current default authentication method"));
        Assert.That((await _stage.Client.Patch(IdOf(user, "signInPreferences", "beta"), """{"userPreferredMethodForSecondaryAuthentication":"sms"}""")).Status,
            Is.EqualTo(204));
        Assert.That((await _stage.Client.Delete(path)).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task There_is_one_email_with_a_fixed_id()
    {
        SandboxUser user = Someone();
        Reply created = await _stage.Client.Post(IdOf(user, "emailMethods"), """{"emailAddress":"kim@example.org"}""");
        Assert.That((created.Status, created.Json.GetProperty("id").GetString()), Is.EqualTo((201, "3ddfcfc8-9383-446f-83cc-3ab9be4be18f")));
        Assert.That((await _stage.Client.Post(IdOf(user, "emailMethods"), """{"emailAddress":"lea@example.org"}""")).Status, Is.EqualTo(400));
        string path = IdOf(user, "emailMethods/3ddfcfc8-9383-446f-83cc-3ab9be4be18f");
        Assert.That((await _stage.Client.Patch(path, """{"emailAddress":"not an address"}""")).Status, Is.EqualTo(400));
        Assert.That((await _stage.Client.Patch(path, """{"emailAddress":"lea@example.org"}""")).Status, Is.EqualTo(204));
        Assert.That(user.Email, Is.EqualTo("lea@example.org"));
        Assert.That((await _stage.Client.Delete(path)).Status, Is.EqualTo(204));
        Assert.That((await _stage.Client.Delete(path)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_new_pass_replaces_the_old_one_and_is_shown_once()
    {
        SandboxUser user = Someone(kinds: "temporaryAccessPass");
        string old = user.Credentials.Others[0].Id;
        Reply created = await _stage.Client.Post(IdOf(user, "temporaryAccessPassMethods"), """{"lifetimeInMinutes":30,"isUsableOnce":true}""");
        Assert.That(created.Status, Is.EqualTo(201));
        Assert.That(created.Json.GetProperty("temporaryAccessPass").GetString(), Is.Not.Empty);
        JsonElement listed = (await _stage.Client.Get(IdOf(user, "temporaryAccessPassMethods"))).Value.Single();
        Assert.That(listed.GetProperty("id").GetString(), Is.Not.EqualTo(old));
        Assert.That(listed.GetProperty("temporaryAccessPass").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("{}")]
    [TestCase("""{"userPreferredMethodForSecondaryAuthentication":"none"}""")]
    [TestCase("""{"userPreferredMethodForSecondaryAuthentication":"push"}""")]
    public async Task A_preference_that_is_none_or_not_registered_is_refused(string body)
    {
        SandboxUser user = Someone("sms", "+1 2065550100");
        Assert.That((await _stage.Client.Patch(IdOf(user, "signInPreferences", "beta"), body)).Status, Is.EqualTo(400));
        Assert.That(user.Credentials.Default, Is.EqualTo(SignInPreference.Sms));
    }

    [Test]
    public async Task Preferences_and_requirements_are_beta_only()
    {
        SandboxUser user = Someone("sms", "+1 2065550100");
        Reply beta = await _stage.Client.Get(IdOf(user, "signInPreferences", "beta"));
        Assert.That(beta.Json.GetProperty("userPreferredMethodForSecondaryAuthentication").GetString(), Is.EqualTo("sms"));
        Assert.That((await _stage.Client.Get(IdOf(user, "signInPreferences"))).Status, Is.EqualTo(400));
        Assert.That((await _stage.Client.Patch(IdOf(user, "requirements", "beta"), """{"perUserMfaState":"enforced"}""")).Status, Is.EqualTo(204));
        Assert.That((await _stage.Client.Get(IdOf(user, "requirements"))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Malformed_bodies_are_refused_and_never_crash([Values("", "[]", "{", "null", "\"x\"", "{\"phoneType\":1}")] string body)
    {
        SandboxUser user = Someone();
        foreach (string path in new[] { "phoneMethods", "emailMethods", "temporaryAccessPassMethods", "externalAuthenticationMethods", "fido2Methods" })
            Assert.That((await _stage.Client.Post(IdOf(user, path), body)).Status,
                Is.EqualTo(path.StartsWith("temp", StringComparison.Ordinal) && body.Contains(':') ? 201 : 400), path);
    }
}
