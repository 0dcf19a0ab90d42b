using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Issuers of tokens: found by their authority, down, slow, lying, with new keys. What is wrong with one is felt by its tokens only.</summary>
public sealed class IssuerTests
{
    private const string NotNow = """{"code":503,"reason":"Service Unavailable","message":"The token cannot be checked now."}""";

    [Test]
    public async Task An_issuer_is_found_by_its_authority_and_a_new_key_counts_at_once()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using Rig rig = await Rig.StartAsync($$""" "Jwt": { "Authority": "{{issuer.Address}}/", {{Rest}} } """);

        Assert.That((await rig.SendAsync(headers: issuer.Bearer())).Status, Is.EqualTo(200), rig.Log);
        issuer.ChangeKey();
        Assert.That((await rig.SendAsync(headers: issuer.Bearer())).Status, Is.EqualTo(200), "a key that was not there before");
        Assert.That(issuer.Fetches, Is.EqualTo(2));
        Assert.That(rig.Log, Does.Contain("jwt:app-1"));
    }

    [Test]
    public async Task Every_forged_token_gets_the_same_401()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestIssuer other = await TestIssuer.StartAsync();
        await using Rig rig = await Rig.StartAsync($$""" "Jwt": { "Authority": "{{issuer.Address}}", {{Rest}} } """);
        Answer nothing = await rig.SendAsync();
        (string Why, string Token)[] forged =
        [
            ("alg none", issuer.Token(algorithm: "none")), ("alg none, no signature", issuer.Unsigned()),
            ("HS256 with the public key", issuer.Hmac()), ("HS256 with the public key in PEM", issuer.Hmac(isPem: true)),
            ("audience", issuer.Token(audience: "graph")), ("expired", issuer.Token(expires: TestIssuer.Now - 600)),
            ("not yet", issuer.Token(begins: TestIssuer.Now + 600)), ("never expires", issuer.Token(expires: null)),
            ("another issuer's name", issuer.Token(name: "https://other")), ("another issuer's key", other.Token(name: issuer.Address)),
            ("another issuer's token", other.Token()), ("no role", issuer.Token(role: "Writer")), ("nobody", issuer.Token(subject: " ")),
        ];

        foreach ((string why, string token) in forged)
        {
            Answer answer = await rig.SendAsync(headers: ("Authorization", $"Bearer {token}"));
            Assert.That((answer.Status, answer.Body, Shape(answer)), Is.EqualTo((401, nothing.Body, Shape(nothing))), why);
        }
    }

    [Test]
    public async Task An_issuer_that_is_down_is_felt_by_its_own_tokens_only()
    {
        await using TestIssuer up = await TestIssuer.StartAsync();
        await using TestIssuer down = await TestIssuer.StartAsync();
        await down.StopAsync();
        await using Rig rig = await Rig.StartAsync(Two(up, down));
        KeyText key = await rig.KeyAsync();

        Answer unchecked503 = await rig.SendAsync(headers: down.Bearer());
        Answer ready = await rig.SendAsync("/health/ready", headers: down.Bearer());

        Assert.That((unchecked503.Status, unchecked503.Body, unchecked503.Headers["Retry-After"]), Is.EqualTo((503, NotNow, "5")));
        Assert.That((ready.Status, ready.Body), Is.EqualTo((503, NotNow)));
        Assert.That((await rig.SendAsync(headers: up.Bearer())).Status, Is.EqualTo(200));
        Assert.That((await rig.AskAsync(key)).Status, Is.EqualTo(200));
        Assert.That((await rig.SendAsync(headers: ("Authorization", $"Bearer {down.Unsigned()}"))).Status, Is.EqualTo(401), "needs no key to be wrong");
        Assert.That((await rig.SendAsync(headers: ("Authorization", $"Bearer {up.Token(name: down.Address)}"))).Status, Is.EqualTo(503));
        Assert.That(rig.Log, Does.Contain("Facade:Issuers:second").And.Contain("jwt:first:app-1"));
    }

    [Test]
    public async Task No_subject_can_take_the_name_of_another_issuer_s_caller()
    {
        await using TestIssuer one = await TestIssuer.StartAsync();
        await using TestIssuer named = await TestIssuer.StartAsync();
        await using Rig rig = await Rig.StartAsync($$""" "Jwt": { "Authority": "{{one.Address}}", {{Rest}} },"""
            + $$""" "Issuers": { "hr": { "Authority": "{{named.Address}}", {{Rest}} } } """);

        Assert.That((await rig.SendAsync(headers: ("Authorization", $"Bearer {named.Token(subject: "bob")}"))).Status, Is.EqualTo(200));
        Assert.That((await rig.SendAsync(headers: ("Authorization", $"Bearer {one.Token(subject: "HR:bob")}"))).Status, Is.EqualTo(401));
        Assert.That((await rig.SendAsync(headers: ("Authorization", $"Bearer {one.Token(subject: "bob")}"))).Status, Is.EqualTo(200));
        Assert.That(rig.Log, Does.Contain("jwt:hr:bob"));
    }

    [Test]
    public async Task An_issuer_that_hangs_holds_up_neither_the_start_nor_any_request_and_counts_when_it_answers()
    {
        await using TestIssuer up = await TestIssuer.StartAsync();
        await using TestIssuer slow = await TestIssuer.StartAsync(hangs: true);
        await using Rig rig = await Rig.StartAsync(Two(up, slow));

        Assert.That((await rig.SendAsync(headers: slow.Bearer())).Status, Is.EqualTo(503));
        Assert.That((await rig.SendAsync(headers: up.Bearer())).Status, Is.EqualTo(200));
        slow.Answer();
        int status;
        do status = (await rig.SendAsync(headers: slow.Bearer())).Status;
        while (status == 503);
        Assert.That((status, slow.Fetches), Is.EqualTo((200, 1)));
    }

    [Test]
    public async Task Whatever_keys_tokens_name_the_issuer_is_asked_once_in_30_seconds()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using Rig rig = await Rig.StartAsync($$""" "Jwt": { "Authority": "{{issuer.Address}}", {{Rest}} } """, time);

        int start = issuer.Fetches;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => rig.SendAsync(headers: ("Authorization", $"Bearer {issuer.Token(kid: $"made-up-{i}")}"))));
        int first = issuer.Fetches;
        time.Advance(TimeSpan.FromSeconds(31));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => rig.SendAsync(headers: ("Authorization", $"Bearer {issuer.Token(kid: $"made-up-{i}")}"))));

        Assert.That((start, first, issuer.Fetches), Is.EqualTo((1, 2, 3)));
    }

    [Test]
    public async Task Keys_that_were_read_count_for_a_day_while_the_issuer_is_down()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using Rig rig = await Rig.StartAsync($$""" "Jwt": { "Authority": "{{issuer.Address}}", {{Rest}} } """, time);
        string token = issuer.Token(expires: TestIssuer.Now + 200_000);
        await issuer.StopAsync();

        time.Advance(TimeSpan.FromHours(23));
        Answer within = await rig.SendAsync(headers: ("Authorization", $"Bearer {token}"));
        time.Advance(TimeSpan.FromHours(2));
        Answer after = await rig.SendAsync(headers: ("Authorization", $"Bearer {token}"));

        Assert.That((within.Status, after.Status, after.Body), Is.EqualTo((200, 503, NotNow)));
    }

    [TestCase("https://elsewhere", null)]
    [TestCase(null, "http://203.0.113.7/keys")]
    [TestCase(null, "file:///etc/passwd")]
    [TestCase(null, "")]
    public async Task Metadata_of_another_issuer_or_with_keys_at_an_unsafe_address_are_not_believed(string? name, string? keys)
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync(name: name, keys: keys);
        await using Rig rig = await Rig.StartAsync($$""" "Jwt": { "Authority": "{{issuer.Address}}", {{Rest}} } """);

        Assert.That((await rig.SendAsync(headers: issuer.Bearer())).Status, Is.EqualTo(503));
        Assert.That(rig.Log, Does.Contain("could not be read"));
    }

    private const string Rest = """ "Audience": "provision", "Roles": { "Reader": { "Tenants": [ "one" ], "Rights": "read" } } """;

    private static string Two(TestIssuer first, TestIssuer second) => $$""" "Issuers": { "first": { "Authority": "{{first.Address}}", {{Rest}} },"""
        + $$""" "second": { "Authority": "{{second.Address}}", {{Rest}} } } """;

    /// <summary>Everything that is not of one request; the pause grows with failures whatever they are.</summary>
    private static string Shape(Answer answer) => string.Join('\n', answer.Headers
        .Where(h => h.Key is not ("Date" or "X-ForgeRock-TransactionId" or "Retry-After")).Select(h => $"{h.Key}: {h.Value}").Order(StringComparer.Ordinal));
}
