using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Azure.Core;
using Azure.Identity;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Tests.Support;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>Why there is no token: Entra's reason, or what lies on the way to the login.</summary>
public class LoginTests
{
    private const string Tenant = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string Place = "login.microsoftonline.com:443";

    [TestCase(7000222, "The provided client secret keys for app '22222222-2222-2222-2222-222222222222' are expired.", "expired")]
    [TestCase(7000215, "Invalid client secret provided.", "value, not its id")]
    [TestCase(700027, "The certificate with identifier used to sign the client assertion is not registered on application.", "does not know this certificate")]
    [TestCase(700016, "Application with identifier '22222222-2222-2222-2222-222222222222' was not found in the directory 'Contoso'.", "ClientId and TenantId")]
    [TestCase(90002, "Tenant 'x' not found.", "TenantId and Cloud")]
    [TestCase(65001, "The user or administrator has not consented to use the application.", "admin consent")]
    [TestCase(70011, "The provided value for the input parameter 'scope' is not valid.", "admin consent")]
    [TestCase(53003, "Access has been blocked by Conditional Access policies.", "Conditional Access")]
    [TestCase(700024, "Client assertion is not within its valid time range.", "NTP")]
    [TestCase(70043, "The refresh token has expired.", "Sign in again")]
    [TestCase(50057, "The user account is disabled.", "disabled")]
    [TestCase(50076, "You must use multi-factor authentication.", "Multifactor")]
    [TestCase(123456, "A code of a later time.", "Look up the code")]
    public async Task A_refusal_gives_the_code_and_text_of_Entra_and_what_to_do(int code, string text, string advice)
    {
        await using LoginServer login = new(_ => LoginServer.Refusal(code, text));
        using Rig rig = Connect(login.Way());
        ServiceError error = await ErrorAsync(rig);
        Assert.That((error.Kind, error.Code), Is.EqualTo((ErrorKind.Unauthenticated, "PP104")));
        Assert.That(error.Message,
            Does.Contain($"AADSTS{code}: {text}").And.Contain("2f8c1f6a-1111-4222-8333-444455556666").And.Contain("2026-11-29 20:00:00Z"));
        Assert.That(error.Advice, Does.Contain(advice));
        Assert.That(login.Asked, Is.EqualTo(1), "a refusal is not repeated");
    }

    [Test]
    public async Task A_telephone_number_in_a_refusal_is_masked()
    {
        await using LoginServer login = new(_ => LoginServer.Refusal(50076, "Call +1 206 555 0150 or mail ada@contoso.com."));
        using Rig rig = Connect(login.Way());
        Assert.That((await ErrorAsync(rig)).Message, Does.Contain("Call ••• or mail •••@•••").And.Not.Contain("0150"));
    }

    private static IEnumerable<TestCaseData> Ways()
    {
        yield return Way("refused",
            new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused)),
            $"No connection to {Place}");
        yield return Way("unresolved",
            new HttpRequestException(HttpRequestError.NameResolutionError, "No such host", new SocketException((int)SocketError.HostNotFound)),
            $"The name of {Place} cannot be resolved");
        yield return Way("reset",
            new HttpRequestException(HttpRequestError.Unknown, "reset", new IOException("reset", new SocketException((int)SocketError.ConnectionReset))),
            $"The connection to {Place} broke");
        yield return Way("proxy",
            new HttpRequestException(HttpRequestError.ProxyTunnelError,
                "The proxy tunnel request to proxy 'http://127.0.0.1:31280/' failed with status code '407'.", null, HttpStatusCode.ProxyAuthenticationRequired),
                "http://127.0.0.1:31280/");
        yield return Way("authority",
            new HttpRequestException(HttpRequestError.SecureConnectionError, "ssl",
                new AuthenticationException("The remote certificate is invalid because of errors in the certificate chain: PartialChain")), "PartialChain");
        yield return Way("noProxy",
            new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (proxy.contoso.com:31280)",
                new SocketException((int)SocketError.ConnectionRefused)),
                "the proxy on the way cannot be reached: Connection refused (proxy.contoso.com:31280)");
        yield return Way("slow", new TaskCanceledException("connect", new TimeoutException()), $"The connection to {Place} timed out");

        static TestCaseData Way(string name, Exception thrown, string said) => new TestCaseData(thrown, said).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task A_failure_on_the_way_is_named_with_host_and_port_and_is_no_refusal(Exception thrown, string said)
    {
        using Rig rig = Connect(new StubGraph((_, _) => throw thrown));
        ServiceError error = await ErrorAsync(rig);
        Assert.That((error.Kind, error.Code), Is.EqualTo((ErrorKind.NoConnection, "PP111")));
        Assert.That(error.Message, Does.Contain(said).And.Contain(Place));
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default),
            Is.InstanceOf<WriteAnswer.NotSent>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.NoConnection));
    }

    [TestCase(503, "<html><title>Service Unavailable</title></html>", "text/html", "Service Unavailable")]
    [TestCase(500, """{"error":"server_error"}""", "application/json", "HTTP 500")]
    [TestCase(502, "<html><title>Bad gateway of Contoso</title></html>", "text/html", "Bad gateway of Contoso")]
    [TestCase(200, "<html><title>Wi-Fi sign-in</title></html>", "text/html", "Wi-Fi sign-in")]
    [TestCase(403, "<html><title>Blocked by policy</title></html>", "text/html", "Blocked by policy")]
    [TestCase(407, "", "text/plain", "HTTP 407")]
    [TestCase(302, "", "text/html", "HTTP 302")]
    [TestCase(404, """{"message":"no route"}""", "application/json", "HTTP 404")]
    [TestCase(400, """{"error":"invalid_request","error_description":"AADSTS90033: A transient error has occurred."}""", "application/json", "AADSTS90033")]
    public async Task An_answer_that_is_no_refusal_of_Entra_never_counts_as_one(int status, string body, string type, string said)
    {
        await using LoginServer login = new(_ => LoginServer.Answer(status, body, type));
        using Rig rig = Connect(login.Way());
        ServiceError error = await ErrorAsync(rig);
        Assert.That((error.Kind, error.Code), Is.EqualTo((ErrorKind.NoConnection, "PP111")));
        Assert.That(error.Message, Does.Contain(said).And.Contain(Place));
        Assert.That(login.Asked, Is.EqualTo(4), "tried again, once for all");
    }

    [Test]
    public async Task All_that_wait_share_one_series_of_tries()
    {
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoginServer login = new(_ => LoginServer.Answer(503, ""));
        using Rig rig = Connect(new Gate(login.Way(), all.Task));
        Task<MethodsReading>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => rig.ReadOneAsync())];
        all.SetResult();
        foreach (MethodsReading reading in await Task.WhenAll(waiting)) Assert.That(reading,
            Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Code").EqualTo("PP111"));
        Assert.That(login.Asked, Is.EqualTo(4));
    }

    [Test]
    public async Task A_login_that_comes_back_is_used()
    {
        await using LoginServer login = new(number => number < 3 ? "" : LoginServer.Token());
        using Rig rig = Connect(login.Way());
        await rig.Connection.AuthenticateAsync(default);
        Assert.That(login.Asked, Is.EqualTo(3));
    }

    [Test]
    public async Task A_token_that_still_holds_is_used_while_the_login_is_out()
    {
        TestTime time = new();
        int asked = 0;
        FailingCredential credential = new(() => ++asked == 1
            ? new AccessToken("first", time.GetUtcNow().AddHours(1)) : throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));
        StubGraph graph = StubGraph.Create(() => StubGraph.Json(200, """{"value":[]}"""));
        using Rig rig = new(graph, time: time, credential: credential);
        await rig.ReadOneAsync();
        await Task.Delay(TimeSpan.FromMinutes(57), time);
        Assert.That(await rig.ReadOneAsync(), Is.InstanceOf<MethodsReading.Complete>());
        await Task.Delay(TimeSpan.FromMinutes(4), time);
        Assert.That(await rig.ReadOneAsync(), Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Code").EqualTo("PP111"));
    }

    [Test]
    public async Task A_source_of_tokens_that_is_not_there_is_no_refusal()
    {
        int asked = 0;
        using Rig rig = new(new StubGraph((_, _) => throw new InvalidOperationException()), credential: new FailingCredential(() =>
        {
            asked++;
            throw new CredentialUnavailableException("Azure CLI not installed");
        }));
        ServiceError error = await ErrorAsync(rig);
        Assert.That((error.Kind, error.Code, asked), Is.EqualTo((ErrorKind.NoConnection, "PP112", 1)));
        Assert.That(error.Message, Does.Contain("Azure CLI not installed"));
    }

    [Test]
    public async Task A_refused_token_whose_renewal_fails_on_the_way_is_no_refusal_of_the_credential()
    {
        int asked = 0;
        FailingCredential credential = new(() => ++asked == 1
            ? new AccessToken("first", DateTimeOffset.MaxValue) : throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));
        using Rig rig = new(StubGraph.Create(() => StubGraph.Error(401, "InvalidAuthenticationToken", "")), credential: credential);
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default),
            Is.InstanceOf<WriteAnswer.NotSent>().With.Property("Error").Property("Code").EqualTo("PP111"));
    }

    private static async Task<ServiceError> ErrorAsync(Rig rig)
    {
        try
        {
            await rig.Connection.AuthenticateAsync(default);
        }
        catch (TenantException e)
        {
            return e.Error;
        }

        throw new AssertionException("A token came.");
    }

    private static Rig Connect(HttpMessageHandler login)
    {
        TestTime time = new();
        GraphTenantOptions options = new() { TenantId = Tenant, Endpoint = new Uri("http://127.0.0.1:1"), RequestTimeout = TestTime.RequestTimeout };
        CredentialSettings settings = new() { Kind = CredentialKind.ClientSecret, ClientId = Tenant, Secret = "s" };
        return new Rig(new StubGraph((_, _) => throw new InvalidOperationException("Nothing may be sent.")),
            _ => options, time, credential: GraphCredentials.CreateOver(login, settings, options, time));
    }

    private sealed class Gate(HttpMessageHandler inner, Task open) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await open;
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class FailingCredential(Func<AccessToken> token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => token();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token());
    }
}
