using System.Text;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests.Sdk;

/// <summary>What stands under Microsoft's client in the product: it reads, and does nothing else.</summary>
public sealed class ReadAdapterTests
{
    [Test]
    public void The_client_of_the_product_cannot_write()
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Json(200, "{}"));
        using Rig rig = new(stub);
        Microsoft.Graph.GraphServiceClient client = rig.Connection.Sdk.Client;
        Func<Task>[] writes =
        [
            () => client.Users[Rig.Uid].Authentication.PhoneMethods.PostAsync(new PhoneAuthenticationMethod()),
            () => client.Users[Rig.Uid].Authentication.PhoneMethods["x"].PatchAsync(new PhoneAuthenticationMethod()),
            () => client.Users[Rig.Uid].Authentication.PhoneMethods["x"].DeleteAsync(),
            () => client.Users[Rig.Uid].Authentication.PhoneMethods["x"].EnableSmsSignIn.PostAsync(),
            () => client.Users[Rig.Uid].PatchAsync(new User()),
            () => client.Users[Rig.Uid].Authentication.Methods["x"].ResetPassword.PostAsync(new()),
        ];

        foreach (Func<Task> write in writes) Assert.That(async () => await write(), Throws.TypeOf<NotSupportedException>());
        Assert.That(stub.Seen, Is.Empty);
    }

    [Test]
    public void Every_verb_but_GET_is_refused([Values] Method method)
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Json(200, """{"id":"x"}"""));
        using Rig rig = new(stub);
        RequestInformation info = new() { HttpMethod = method, URI = new Uri("http://127.0.0.1:1/v1.0/users/x") };
        Task<SdkAnswer<User>> Sent() => rig.Connection.Sdk.ReadAsync(info, Purpose.ReadUsers, User.CreateFromDiscriminatorValue, default).AsTask();

        if (method == Method.GET) Assert.That(async () => await Sent(), Throws.Nothing);
        else Assert.That(async () => await Sent(), Throws.TypeOf<NotSupportedException>());
        Assert.That(stub.Seen, Has.Length.EqualTo(method == Method.GET ? 1 : 0));
    }

    [Test]
    public void A_read_that_does_not_say_what_it_is_for_is_not_sent()
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Json(200, "{}"));
        using Rig rig = new(stub);

        Assert.That(async () => await rig.Connection.Sdk.Client.Organization.GetAsync(), Throws.InvalidOperationException);
        Assert.That(stub.Seen, Is.Empty);
    }

    [Test]
    public void A_user_is_named_by_our_rule_only()
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, "{}")));
        RequestInformation ofUser = rig.Connection.Sdk.Client.Users[".."].Authentication.Methods.ToGetRequestInformation();
        RequestInformation ofNone = rig.Connection.Sdk.Client.Organization.ToGetRequestInformation();

        Assert.That(() => ofUser.ToCall(Purpose.ReadMethods), Throws.InvalidOperationException, "the SDK would climb to /v1.0/authentication/methods");
        Assert.That(() => ofNone.ToCallFor("..", Purpose.ReadMethods), Throws.InvalidOperationException);
        Assert.That(ofUser.ToCallFor("..", Purpose.ReadMethods).Address.AbsolutePath, Is.EqualTo("/v1.0/users('..')/authentication/methods"));
    }

    [Test]
    public void A_link_of_the_service_is_asked_for_as_it_is_written()
    {
        RequestInformation info = new() { HttpMethod = Method.GET, URI = new Uri("http://127.0.0.1:1/v1.0/users?%24skiptoken=A%2BB&%24top=5") };

        GraphCall call = info.ToCall(Purpose.ReadUsers);

        Assert.That(call.Address.Query, Is.EqualTo("?%24skiptoken=A%2BB&%24top=5"));
    }

    [TestCase("2026-01-02T03:04:05Z", 0)]
    [TestCase("2026-01-02T03:04:05", 0)]
    [TestCase("2026-01-02T03:04:05.0000000", 0)]
    [TestCase("2026-01-02T03:04:05+02:00", -2)]
    public void A_moment_without_offset_is_UTC(string text, int hours)
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"id":"x","activityDateTime":"{{text}}"}""");

        Assert.That(SdkJson.TryRead(body, DirectoryAudit.CreateFromDiscriminatorValue, out DirectoryAudit? audit, out _), Is.True);

        Assert.That(audit?.ActivityDateTime?.UtcDateTime, Is.EqualTo(new DateTime(2026, 1, 2, 3 + hours, 4, 5, DateTimeKind.Utc)));
    }

    [TestCase("""{"id":"x","state":1}""")]
    [TestCase("""{"id":"x","state":{}}""")]
    [TestCase("""{"id":"x","id":"y"}""")]
    [TestCase("""{"id":"x","includeTargets":[{"id":"a","id":"b"}]}""")]
    public void What_the_SDK_cannot_read_is_unreadable(string body)
    {
        ParsableFactory<SmsAuthenticationMethodConfiguration> factory = SmsAuthenticationMethodConfiguration.CreateFromDiscriminatorValue;

        bool good = SdkJson.TryRead(Encoding.UTF8.GetBytes(body), factory, out SmsAuthenticationMethodConfiguration? read, out string wrong);

        Assert.That((good, read), Is.EqualTo((false, (SmsAuthenticationMethodConfiguration?)null)));
        Assert.That(wrong, Is.Not.Empty);
    }
}
