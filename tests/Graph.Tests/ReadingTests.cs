using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests;

public class ReadingTests
{
    private const string All = """
        {"@odata.context":"x","value":[
          {"id":"3179E48A-750b-4051-897c-87b9720928f7","phoneNumber":"+1 2065550100","phoneType":"mobile","smsSignInState":"Ready",
            "createdDateTime":null,"@odata.type":"#microsoft.graph.phoneAuthenticationMethod"},
          {"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"b6332ec1-7057-4abe-9331-3d72feddfe41","phoneNumber":"+12065550101",
            "phoneType":"alternateMobile","smsSignInState":"notSupported"},
          {"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"e37fc753-ff3b-4958-9484-eaa9425c82bc","phoneNumber":"call reception",
            "phoneType":"office"},
          {"@odata.type":"#microsoft.graph.emailAuthenticationMethod","id":"3ddfcfc8-9383-446f-83cc-3ab9be4be18f","emailAddress":"kim@contoso.com"},
          {"@odata.type":"#microsoft.graph.passwordAuthenticationMethod","id":"28c10230-6103-485e-b985-444c60001490","password":null},
          {"@odata.type":"#microsoft.graph.fido2AuthenticationMethod","id":"f2","displayName":"Key","attestationCertificates":["a",{"b":[1]}]},
          {"@odata.type":"#microsoft.graph.fido2AuthenticationMethod","id":"f1","displayName":"Key \u00e9"},
          {"@odata.type":"#microsoft.graph.microsoftAuthenticatorAuthenticationMethod","id":"a1","device":{"id":"nested"}},
          {"@odata.type":"#microsoft.graph.softwareOathAuthenticationMethod","id":"s1"},
          {"@odata.type":"#microsoft.graph.windowsHelloForBusinessAuthenticationMethod","id":"w1"},
          {"@odata.type":"#microsoft.graph.platformCredentialAuthenticationMethod","id":"p1"},
          {"@odata.type":"#microsoft.graph.externalAuthenticationMethod","id":"e1"},
          {"@odata.type":"#microsoft.graph.temporaryAccessPassAuthenticationMethod","id":"t1"},
          {"@odata.type":"#microsoft.graph.qrCodePinAuthenticationMethod","id":"q1"},
          {"@odata.type":"#microsoft.graph.resourceAccountKeyAuthenticationMethod","id":"n1"}]}
        """;

    [Test]
    public async Task Every_kind_is_read_in_any_order_of_properties()
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, All)));
        CurrentMethods methods = await Complete(rig);
        Assert.That(methods.Mobile.Holds(Some.Number("+1 2065550100")), Is.True);
        Assert.That(methods.AlternateMobile.Holds(Some.Number("+1 2065550101")), Is.True);
        Assert.That(methods.Office.Unreadable, Is.EqualTo("call reception"));
        Assert.That(methods.SmsSignIn, Is.EqualTo(SmsSignInState.Ready));
        Assert.That(methods.Email, Is.EqualTo(new CurrentEmail("3ddfcfc8-9383-446f-83cc-3ab9be4be18f", "kim@contoso.com")));
        Assert.That(methods.Others.Select(method => $"{method.Kind} {method.Id} {method.DisplayName} {method.TypeName}".Trim()), Is.EqualTo(new[]
        {
            "Password 28c10230-6103-485e-b985-444c60001490", "MicrosoftAuthenticator a1", "Fido2 f1 Key é",
            "Fido2 f2 Key", "SoftwareOath s1", "WindowsHello w1",
            "PlatformCredential p1", "External e1", "TemporaryAccessPass t1", "QrCodePin q1",
            "Unknown n1  microsoft.graph.resourceAccountKeyAuthenticationMethod",
        }));
        Assert.That(methods.HardwareOathRead, Is.False);
    }

    [TestCase("""{"value":[{"id":"x","phoneNumber":"+1 2065550100","phoneType":"mobile"}]}""", Description = "no type")]
    [TestCase("""{"value":[{"@odata.type":"","id":"x"}]}""")]
    [TestCase("""{"value":[{"@odata.type":7,"id":"x"}]}""")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.fido2AuthenticationMethod"}]}""", Description = "no id")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"x","phoneNumber":"+1 2065550100"}]}""",
        Description = "no phone type")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"x","phoneType":"mobile"}]}""", Description = "no number")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"x","phoneNumber":"","phoneType":"mobile"}]}""")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"e37fc753-ff3b-4958-9484-eaa9425c82bc","phoneNumber":"""
        + """ "+1 2065550100","phoneType":"mobile"}]}""", Description = "id of another slot")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"x","phoneNumber":"+1 2065550100","phoneType":"mobile"},"""
        + """{"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"y","phoneNumber":"+1 2065550100","phoneType":"mobile"}]}""")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.emailAuthenticationMethod","id":"x","emailAddress":"a@b.c"},"""
        + """{"@odata.type":"#microsoft.graph.emailAuthenticationMethod","id":"y","emailAddress":"a@b.c"}]}""")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.emailAuthenticationMethod","id":"x"}]}""")]
    [TestCase("""{"value":[null]}""")]
    [TestCase("""{"value":[[]]}""")]
    [TestCase("""{"value":{}}""")]
    [TestCase("""{"values":[]}""")]
    [TestCase("""{"value":[]""")]
    [TestCase("""{"value":[]}}""")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("")]
    [TestCase("<html>sign in</html>")]
    public async Task What_could_only_be_guessed_is_no_state(string body)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, body)));
        MethodsReading reading = await rig.ReadOneAsync();
        Assert.That(reading, Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.UnreadableAnswer));
    }

    [TestCase("+1 •••••••00")]
    [TestCase("+1 XXXXXXX00")]
    [TestCase("+XX XXXXXXX34")]
    [TestCase("+1 *******00")]
    [TestCase("**")]
    public async Task Masked_numbers_are_no_state(string number)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, Rig.Phones(number))));
        Assert.That(await rig.ReadOneAsync(), Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.Masked));
    }

    [Test]
    public async Task A_phone_of_an_unknown_type_is_kept_and_never_touched()
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, Rig.Phones("+1 2065550100", "satellite"))));
        CurrentMethods methods = await Complete(rig);
        Assert.That(methods.PhoneCount, Is.Zero);
        Assert.That(methods.Others.Single().Kind, Is.EqualTo(MethodKind.Unknown));
    }

    [TestCase(404, "resourceNotFound", "The user could not be found.", true)]
    [TestCase(404, "UnknownError", "", true)]
    [TestCase(404, "UnknownError", "No HTTP resource was found that matches the request URI", false)]
    [TestCase(403, "accessDenied", "Request Authorization failed", false)]
    [TestCase(400, "badRequest", "Something", false)]
    public async Task Only_a_missing_user_is_no_user(int status, string code, string message, bool noUser)
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Error(status, code, message));
        using Rig rig = new(stub);
        Assert.That(await rig.ReadOneAsync(), noUser ? Is.InstanceOf<MethodsReading.NoUser>() : Is.InstanceOf<MethodsReading.Failed>());
        Assert.That(stub.Seen, Has.Length.EqualTo(1), "these are not repeated");
    }

    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    [TestCase(408)]
    public async Task A_read_is_repeated_a_few_times_with_growing_waits(int status)
    {
        StubGraph stub = new((_, number) => number < 4 ? StubGraph.Json(status, "") : StubGraph.Json(200, Rig.Phones("+1 2065550100")));
        using Rig rig = new(stub);
        await Complete(rig);
        Assert.That(((TestTime)rig.Time).Waits, Is.EqualTo(new[] { 0.5, 1, 2 }.Select(TimeSpan.FromSeconds)));

        StubGraph never = StubGraph.Create(() => StubGraph.Json(status, ""));
        using Rig other = new(never);
        Assert.That(await other.ReadOneAsync(), Is.InstanceOf<MethodsReading.Failed>());
        Assert.That(never.Seen, Has.Length.EqualTo(4));
    }

    [Test]
    public async Task A_failing_service_is_asked_again_after_Retry_After()
    {
        StubGraph stub = new((_, number) => number < 2 ? StubGraph.Json(503, "", ("retry-after", "7.5")) : StubGraph.Json(200, """{"value":[]}"""));
        using Rig rig = new(stub);
        await Complete(rig);
        Assert.That(((TestTime)rig.Time).Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(7.5) }));
    }

    [Test]
    public async Task Pages_are_followed_and_only_within_our_origins()
    {
        string Page(string link) =>
            """{"value":[{"@odata.type":"#microsoft.graph.fido2AuthenticationMethod","id":"f1"}],"@odata.nextLink":"LINK"}""".Replace("LINK", link);
        using Rig good = new(new StubGraph((seen,
            _) => StubGraph.Json(200, seen.Path.Contains("page=2") ? Rig.Phones("+1 2065550100") : Page("https://graph.microsoft.com/v1.0/x?page=2"))));
        CurrentMethods methods = await Complete(good);
        Assert.That((methods.PhoneCount, methods.Others.Length), Is.EqualTo((1, 1)));

        StubGraph foreign = StubGraph.Create(() => StubGraph.Json(200, Page("https://evil.example/x")));
        using Rig bad = new(foreign);
        Assert.That(await bad.ReadOneAsync(), Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.ForeignLink));
        Assert.That(foreign.Seen, Has.Length.EqualTo(1));

        using Rig endless = new(new StubGraph((seen, _) => StubGraph.Json(200, Page(seen.Path))));
        Assert.That(await endless.ReadOneAsync(), Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Code").EqualTo("PP110"));
    }

    [Test]
    public async Task Hardware_OATH_is_read_only_when_asked_for_and_to_its_end()
    {
        StubGraph stub = new((seen,
            _) => StubGraph.Json(200, seen.Path.StartsWith("/beta/", StringComparison.Ordinal) ? """{"value":[{"id":"h1"}]}""" : """{"value":[]}"""));
        using Rig rig = new(stub);
        CurrentMethods methods = await Complete(rig, KindSet.HardwareOath);
        Assert.That(methods.HardwareOathRead, Is.True);
        Assert.That(methods.Others.Single(), Is.EqualTo(new AuthenticationMethod(MethodKind.HardwareOath, "h1")));
        Assert.That(stub.Seen.Select(seen => seen.Path),
            Is.EqualTo(new[] { $"/v1.0/users/{Rig.Uid}/authentication/methods", $"/beta/users/{Rig.Uid}/authentication/hardwareOathMethods" }));

        using Rig without = new(new StubGraph((seen, _) => seen.Path.StartsWith("/beta/", StringComparison.Ordinal)
            ? StubGraph.Json(404, "") : StubGraph.Json(200, """{"value":[]}""")));
        // An answer that is not Graph's says nothing of the list.
        Assert.That(await without.ReadOneAsync(also: KindSet.HardwareOath), Is.InstanceOf<MethodsReading.Failed>());
    }

    [Test]
    public async Task China_has_two_collections_instead_of_one_list()
    {
        StubGraph stub = new((seen, _) => StubGraph.Json(200, seen.Path.EndsWith("phoneMethods", StringComparison.Ordinal)
            ? """{"value":[{"id":"3179e48a-750b-4051-897c-87b9720928f7","phoneNumber":"+86 13800138000"},"""
                + """{"id":"e37fc753-ff3b-4958-9484-eaa9425c82bc","phoneNumber":"+86 2112345678","phoneType":"office"}]}"""
            : """{"value":[{"id":"a1","displayName":"Phone"}]}"""));
        using Rig rig = new(stub, options => options with { Cloud = GraphCloud.China });
        MethodsReading[] readings = [.. await rig.Reader.ReadAsync([new UserRead(Rig.Id(1)), new UserRead(Rig.Id(2))], default)];
        foreach (MethodsReading reading in readings)
        {
            CurrentMethods methods = ((MethodsReading.Complete)reading).Methods;
            Assert.That((methods.PhoneCount, methods.Mobile.IsEmpty, methods.Others.Single().Kind), Is.EqualTo((2, false, MethodKind.MicrosoftAuthenticator)));
        }

        Assert.That(stub.Seen.Select(seen => seen.Path), Has.None.Contains("$batch").And.None.EndsWith("/methods"));
    }

    [TestCase("""{"userPreferredMethodForSecondaryAuthentication":"push"}""", "Known Push")]
    [TestCase("""{"x":1,"userPreferredMethodForSecondaryAuthentication":"VoiceAlternateMobile"}""", "Known VoiceAlternateMobile")]
    [TestCase("""{"userPreferredMethodForSecondaryAuthentication":""}""", "None")]
    [TestCase("""{"userPreferredMethodForSecondaryAuthentication":"none"}""", "None")]
    [TestCase("""{"userPreferredMethodForSecondaryAuthentication":null}""", "None")]
    [TestCase("""{"userPreferredMethodForSecondaryAuthentication":"telepathy"}""", "Unreadable")]
    [TestCase("""{"userPreferredMethodForSecondaryAuthentication":"unknownFutureValue"}""", "Unreadable")]
    [TestCase("""{"userPreferredMethodForSecondaryAuthentication":3}""", "Unreadable")]
    [TestCase("{}", "Unreadable")]
    [TestCase("", "Unreadable")]
    public async Task The_default_method_is_known_none_or_unreadable(string body, string expected)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, body)));
        DefaultMethod method = await rig.Reader.ReadDefaultAsync(Rig.Uid, default);
        Assert.That($"{method.Knowledge}{(method.Knowledge == DefaultMethodKnowledge.Known ? " " + method.Method : "")}", Is.EqualTo(expected));
    }

    [Test]
    public async Task A_default_method_that_the_tenant_does_not_return_is_unreadable([Values(400, 403, 404, 501)] int status)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(status, "")));
        Assert.That(await rig.Reader.ReadDefaultAsync(Rig.Uid, default), Is.EqualTo(DefaultMethod.Unreadable));
    }

    [Test]
    public async Task A_trace_records_every_request_without_its_query()
    {
        Recorder recorder = new();
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, """{"value":[]}""", ("request-id", "theirs"))), trace: recorder);
        await foreach (ImmutableArray<DirectoryUser> _ in rig.Directory.PagesAsync(default))
        {
        }

        GraphCallTrace call = recorder.Calls.Single();
        Assert.That((call.Method, call.Path, call.Status, call.RequestId), Is.EqualTo(("GET", "/v1.0/users", 200, "theirs")));
    }

    private static async Task<CurrentMethods> Complete(Rig rig, KindSet also = KindSet.None)
    {
        MethodsReading reading = await rig.ReadOneAsync(also: also);
        Assert.That(reading, Is.InstanceOf<MethodsReading.Complete>());
        return ((MethodsReading.Complete)reading).Methods;
    }

    private sealed class Recorder : IGraphTrace
    {
        public List<GraphCallTrace> Calls { get; } = [];

        public void Ended(in GraphCallTrace ended) => Calls.Add(ended);
    }
}
