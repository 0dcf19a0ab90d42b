using System.Buffers.Text;
using System.Text;
using Azure.Core;
using Azure.Identity;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Tests.Support;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests;

public class CredentialTests
{
    private const string Tenant = "aaaaaaaa-0000-0000-0000-000000000001";
    private static readonly GraphTenantOptions Cloud = new() { TenantId = Tenant };
    private static readonly GraphTenantOptions Loopback = new()
    {
        TenantId = Tenant, Endpoint = new Uri("http://127.0.0.1:1"),
        RequestTimeout = TestTime.RequestTimeout
    };

    private static IEnumerable<CredentialSettings> Usable()
    {
        yield return new CredentialSettings { Kind = CredentialKind.Default };
        yield return new CredentialSettings { Kind = CredentialKind.ManagedIdentity };
        yield return new CredentialSettings { Kind = CredentialKind.ManagedIdentity, ClientId = Tenant };
        yield return new CredentialSettings { Kind = CredentialKind.WorkloadIdentity };
        yield return new CredentialSettings { Kind = CredentialKind.ClientSecret, ClientId = Tenant, Secret = "s" };
        yield return new CredentialSettings { Kind = CredentialKind.AzureCli };
        yield return new CredentialSettings { Kind = CredentialKind.DeviceCode };
    }

    [TestCaseSource(nameof(Usable))]
    public void A_credential_is_made_without_asking_anybody(CredentialSettings settings) => Assert.That(GraphCredentials.Create(settings, Cloud), Is.Not.Null);

    [TestCase(CredentialKind.ClientSecret, "ClientId")]
    [TestCase(CredentialKind.ClientSecret, "Secret")]
    [TestCase(CredentialKind.Certificate, "Path")]
    [TestCase(CredentialKind.StaticToken, "Token")]
    [TestCase(CredentialKind.StaticToken, "loopback")]
    public void What_is_missing_is_named(CredentialKind kind, string named)
    {
        Assert.That(string.Join("|", new CredentialSettings { Kind = kind }.Problems(Cloud)), Does.Contain(named));
        Assert.That(() => GraphCredentials.Create(new CredentialSettings { Kind = kind }, Cloud), Throws.ArgumentException);
    }

    [TestCase("http://localhost:5000")]
    [TestCase("https://gateway.contoso.com")]
    [TestCase(null)]
    public void A_static_token_stays_on_this_machine(string? endpoint)
    {
        GraphTenantOptions tenant = Loopback with { Endpoint = endpoint is null ? null : new Uri(endpoint) };
        Assert.That(new CredentialSettings { Kind = CredentialKind.StaticToken, Token = "t" }.Problems(tenant).ToArray(), Has.Length.EqualTo(1));
        TokenCredential elsewhere = GraphCredentials.Create(new CredentialSettings { Kind = CredentialKind.StaticToken, Token = "t" }, Loopback);
        Assert.That(() => GraphConnection.Open(tenant, elsewhere, new Pacer(new QuotaSettings(), TimeProvider.System), TimeProvider.System),
            Throws.ArgumentException);
    }

    [TestCase("a b")]
    [TestCase("a\r\nX-Header: 1")]
    [TestCase("ä")]
    public void A_token_that_no_header_can_hold_is_refused(string token) =>
        Assert.That(new CredentialSettings { Kind = CredentialKind.StaticToken, Token = token }.Problems(Loopback).ToArray(), Is.Not.Empty);

    [Test]
    public void Settings_show_no_secret() =>
        Assert.That(new CredentialSettings { Kind = CredentialKind.ClientSecret, Secret = "hush", Password = "hush", Token = "hush" }.ToString(),
            Does.Not.Contain("hush"));

    [Test]
    public void A_certificate_file_that_cannot_be_used_says_where()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-such-certificate.pfx");
        CredentialSettings settings = new() { Kind = CredentialKind.Certificate, ClientId = Tenant, Path = path };
        TenantException? exception = Assert.Throws<TenantException>(() => GraphCredentials.Create(settings, Cloud));
        Assert.That(exception!.Error.Message, Does.Contain(path));
    }

    [TestCase("""{"tid":"AAAAAAAA-0000-0000-0000-000000000001","scp":"x"}""", true)]
    [TestCase("""{"tid":"aaaaaaaa-0000-0000-0000-000000000001","roles":["x"]}""", false)]
    [TestCase("""{"scp":"x","idtyp":"app"}""", false)]
    [TestCase("""{"idtyp":"user"}""", true)]
    public async Task A_JWT_says_whether_it_speaks_for_a_person(string claims, bool delegated)
    {
        using Rig rig = Connect(new Credential(_ => Jwt(claims)), Ok());
        TokenFacts facts = await rig.Connection.AuthenticateAsync(default);
        Assert.That((facts.IsJwt, facts.IsDelegated, facts.IsAppOnly), Is.EqualTo((true, delegated, !delegated)));
    }

    [TestCase("opaque")]
    [TestCase("a.b.c")]
    [TestCase("a.bm8.c")]
    public async Task An_opaque_token_is_not_checked_and_counts_as_app_only(string token)
    {
        using Rig rig = Connect(new Credential(_ => token), Ok());
        TokenFacts facts = await rig.Connection.AuthenticateAsync(default);
        Assert.That((facts.IsJwt, facts.IsAppOnly), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_token_of_another_tenant_stops_everything_before_anything_is_sent()
    {
        StubGraph stub = Ok();
        using Rig rig = Connect(new Credential(_ => Jwt("""{"tid":"bbbbbbbb-0000-0000-0000-000000000002"}""")), stub);
        Assert.That(async () => await rig.Connection.AuthenticateAsync(default),
            Throws.InstanceOf<TenantException>().With.Property("Error").Property("Code").EqualTo("PP106"));
        Assert.That(async () => await rig.ReadOneAsync(), Throws.InstanceOf<TenantException>());
        Assert.That(async () => await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default), Throws.InstanceOf<TenantException>());
        Assert.That(stub.Seen, Is.Empty);
    }

    [Test]
    public async Task The_token_is_fetched_at_the_first_request_and_kept_until_it_nears_its_end()
    {
        Credential credential = new(number => $"token{number}");
        StubGraph stub = Ok();
        TestTime time = new();
        using Rig rig = Connect(credential, stub, time);
        Assert.That(credential.Asked, Is.Zero);
        await rig.ReadOneAsync();
        await rig.ReadOneAsync();
        Assert.That(credential.Asked, Is.EqualTo(1));
        await Task.Delay(TimeSpan.FromMinutes(56), time);
        await rig.ReadOneAsync();
        Assert.That(stub.Seen.Select(seen => seen.Headers["Authorization"]), Is.EqualTo(new[] { "Bearer token1", "Bearer token1", "Bearer token2" }));
        Assert.That(credential.Scopes, Is.EqualTo(new[] { "https://graph.microsoft.com/.default" }));
    }

    [Test]
    public async Task A_refused_token_is_renewed_once_for_reads_and_writes_alike([Values] bool write)
    {
        Credential credential = new(number => $"token{number}");
        StubGraph stub = new((seen, _) => seen.Headers["Authorization"] == "Bearer token1"
            ? StubGraph.Error(401, "InvalidAuthenticationToken", "", ("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\""))
            : Good());
        using Rig rig = Connect(credential, stub);
        if (write) Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default), Is.InstanceOf<WriteAnswer.Accepted>());
        else Assert.That(await rig.ReadOneAsync(), Is.InstanceOf<MethodsReading.Complete>());
        Assert.That((stub.Seen.Length, credential.Asked, credential.Claims), Is.EqualTo((2, 2, """{"a":1}""")));

        StubGraph never = StubGraph.Create(() => StubGraph.Error(401, "InvalidAuthenticationToken", ""));
        using Rig other = Connect(new Credential(number => $"token{number}"), never);
        if (write) Assert.That(await other.Writer.SendAsync(Rig.Uid, Some.Add(), default),
            Is.InstanceOf<WriteAnswer.Refused>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.Unauthenticated));
        else Assert.That(await other.ReadOneAsync(),
            Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.Unauthenticated));
        Assert.That(never.Seen, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_token_that_is_the_only_one_is_sent_once_more_after_a_401([Values] bool write)
    {
        int calls = 0;
        StubGraph stub = StubGraph.Create(() => calls++ == 0 ? StubGraph.Error(401, "InvalidAuthenticationToken", "") : Good());
        using Rig rig = Connect(new Credential(_ => "same"), stub);

        if (write) Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default), Is.InstanceOf<WriteAnswer.Accepted>());
        else Assert.That(await rig.ReadOneAsync(), Is.InstanceOf<MethodsReading.Complete>());

        Assert.That(stub.Seen.Select(seen => seen.Headers["Authorization"]), Is.EqualTo(new[] { "Bearer same", "Bearer same" }));
    }

    [Test]
    public async Task Without_a_token_nothing_is_sent()
    {
        StubGraph stub = Ok();
        using Rig rig = Connect(new Credential(_ => throw new AuthenticationFailedException("AADSTS7000215: Invalid client secret.")), stub);
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default),
            Is.InstanceOf<WriteAnswer.NotSent>().With.Property("Error").Property("Code").EqualTo("PP104"));
        Assert.That(await rig.ReadOneAsync(), Is.InstanceOf<MethodsReading.Failed>());
        Assert.That(async () => await rig.Directory.CountAsync(default), Throws.InstanceOf<TenantException>());
        Assert.That(async () => await rig.Connection.AuthenticateAsync(default), Throws.InstanceOf<TenantException>());
        Assert.That(stub.Seen, Is.Empty);
        Assert.That((rig.Pacer.Snapshot().Writes.Cost, rig.Pacer.Snapshot().Reads.Cost), Is.EqualTo((0L, 0L)), "what never left is no request in the account");
    }

    private static StubGraph Ok() => StubGraph.Create(Good);

    /// <summary>A list for reads, an entity of Graph for writes.</summary>
    private static HttpResponseMessage Good() => StubGraph.Json(200, """{"@odata.context":"c","value":[]}""");

    private static Rig Connect(TokenCredential credential, StubGraph stub, TestTime? time = null) => new(stub, _ => Loopback, time, credential: credential);

    private static string Jwt(string claims) => $"{Base64Url.EncodeToString("{}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";

    private sealed class Credential(Func<int, string> token) : TokenCredential
    {
        public int Asked { get; private set; }

        public string? Claims { get; private set; }

        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Asked++;
            (Claims, Scopes) = (requestContext.Claims, requestContext.Scopes);
            return new AccessToken(token(Asked), new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.Zero));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
