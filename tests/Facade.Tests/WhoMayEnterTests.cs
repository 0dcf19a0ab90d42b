using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Who gets past the gate, and what everybody else gets to see.</summary>
public sealed class WhoMayEnterTests
{
    private const string Denied = """{"code":401,"reason":"Unauthorized","message":"Access Denied"}""";

    [Test]
    public async Task Every_way_to_fail_looks_the_same()
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText right = await rig.KeyAsync("right");
        KeyText expired = await rig.KeyAsync("expired", with: k => k with { ExpiresAt = k.CreatedAt });
        KeyText revoked = await rig.KeyAsync("revoked", with: k => k with { RevokedAt = k.CreatedAt });
        KeyText elsewhere = await rig.KeyAsync("elsewhere", with: k => k with { From = ["10.0.0.0/8"] });
        KeyText unknown = KeyText.New();
        (string Name, string Value)[][] shown =
        [
            [], [("Authorization", "")], [("Authorization", "Bearer")], [("Authorization", "Bearer x")],
            [("Authorization", "Bearer a.b.c")], [("Authorization", "Negotiate abc")],
            [("Authorization", "Basic !!!")], [("Authorization", "Basic eA==")], [Rig.Basic("", "")],
            [Rig.Basic("openidm-admin", "openidm-admin")], [Rig.Basic("?", "x")],
            [Rig.Bearer(unknown)], [Rig.Bearer(right with { Secret = unknown.Secret })], [Rig.Bearer(right with { Secret = right.Secret[..^1] })],
            [Rig.Bearer(expired)], [Rig.Bearer(revoked)], [Rig.Bearer(elsewhere)],
            [Rig.Basic(right.Id, "x")], [Rig.Basic("other", right.Reveal())], [Rig.Basic("right", right.Secret)],
            [("X-OpenIDM-Username", "right")], [("X-OpenIDM-Password", right.Reveal())],
            [("X-OpenIDM-Username", "utf-8''%zz"), ("X-OpenIDM-Password", right.Reveal())],
            [("X-OpenIDM-Username", "other"), ("X-OpenIDM-Password", "x"), Rig.Bearer(right)],
            [("Authorization", $"Bearer {right.Reveal()}, Bearer {right.Reveal()}")],
        ];
        string[] paths = ["/openidm/info/ping", "/openidm/nothing", "/x", "/openidm/system/one/user", "/health/ready/x"];

        foreach ((string Name, string Value)[] headers in shown)
        {
            foreach (string path in paths)
            {
                Answer answer = await rig.SendAsync(path, headers: headers);
                Assert.That((answer.Status, answer.Body), Is.EqualTo((401, Denied)), $"{string.Join(";", headers)} {path}");
            }
        }
    }

    [Test]
    public async Task A_right_key_is_accepted_in_every_form()
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText key = await rig.KeyAsync("Ürsula's");
        (string Name, string Value)[][] forms =
        [
            [Rig.Bearer(key)], [("authorization", $"bEARER {key.Reveal()}")], [Rig.Basic(key.Id, key.Secret)],
            [Rig.Basic(key.Id, key.Reveal())], [Rig.Basic("ürsula's", key.Reveal())],
            [("X-OpenIDM-Username", key.Id), ("X-OpenIDM-Password", key.Secret)],
            [("X-OpenIDM-Username", "UTF-8'de'%C3%9Crsula%27s"), ("X-OpenIDM-Password", $"utf-8''{key.Reveal()}")],
        ];

        foreach ((string Name, string Value)[] headers in forms) Assert.That((await rig.SendAsync(headers: headers)).Status,
            Is.EqualTo(200), string.Join(";", headers));
    }

    [Test]
    public async Task A_key_ends_with_the_request_after_it_was_revoked_or_its_time_is_over()
    {
        FakeTimeProvider time = new();
        await using Rig rig = await Rig.StartAsync(time: time);
        KeyText first = await rig.KeyAsync("first");
        KeyText second = await rig.KeyAsync("second", with: k => k with { ExpiresAt = time.GetUtcNow().AddMinutes(1) });
        Assert.That(((await rig.AskAsync(first)).Status, (await rig.AskAsync(second)).Status), Is.EqualTo((200, 200)));

        await rig.Services.Shared.Store.ApiKeys.RevokeAsync(first.Id, time.GetUtcNow(), "test", default);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(((await rig.AskAsync(first)).Status, (await rig.AskAsync(second)).Status), Is.EqualTo((401, 401)));
    }

    [Test]
    public async Task Other_tenants_do_not_exist_and_a_missing_right_is_reported()
    {
        await using Rig rig = await Rig.StartAsync(map: routes =>
        {
            routes.MapGet("/t/{tenant}/plan", (HttpContext c) => c.Response.WriteAsync("in")).Demanding(Right.Plan);
            routes.MapGet("/any", (HttpContext c) => c.Response.WriteAsync("in")).Demanding(Right.Plan);
            routes.MapGet("/body/{which}", (HttpContext c, string which) =>
            {
                c.Demand(which, Right.Plan);
                return c.Response.WriteAsync("in");
            }).ForEveryCaller();
        });
        KeyText plan = await rig.KeyAsync("plan", "ONE", null, Right.Plan);
        KeyText read = await rig.KeyAsync("read", "one", null, Right.Read);

        foreach (string path in new[] { "/t/one/plan", "/body/one", "/any" })
        {
            Assert.That((await rig.AskAsync(plan, path)).Status, Is.EqualTo(200), path);
            Answer without = await rig.AskAsync(read, path);
            Assert.That((without.Status, without.Body),
                Is.EqualTo((403, """{"code":403,"reason":"Forbidden","message":"The right &#39;plan&#39; is needed."}""")), path);
        }

        foreach (string path in new[] { "/t/two/plan", "/t/three/plan", "/body/two", "/body/three" })
        {
            Answer answer = await rig.AskAsync(plan, path);
            Assert.That((answer.Status, answer.Body),
                Is.EqualTo((404, $$"""{"code":404,"reason":"Not Found","message":"Resource &#39;{{path[1..]}}&#39; not found"}""")));
        }
    }

    [Test]
    public async Task Loopback_accounts_are_for_direct_calls_only()
    {
        await using Rig rig = await Rig.StartAsync(""" "LoopbackAccounts": { "openidm-admin": "openidm-admin" } """);
        (string, string)[] account = [("X-OpenIDM-Username", "openidm-admin"), ("X-OpenIDM-Password", "openidm-admin")];

        Assert.That((await rig.SendAsync(headers: account)).Status, Is.EqualTo(200));
        foreach (string sign in (string[])["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "x-forwarded-port", "X-Envoy-External-Address", "CF-Ray",
            "X-Azure-ClientIP", "X-ARR-LOG-ID", "Max-Forwards"])
        {
            Assert.That((await rig.SendAsync(headers: [.. account, (sign, "127.0.0.1")])).Status, Is.EqualTo(401), sign);
            rig.Services.Server.Services.GetRequiredService<LoginThrottle>().Succeeded("127.0.0.1", "openidm-admin");
        }
    }

    [TestCase("1.1", 200)]
    [TestCase("1.0", 401)]
    public async Task What_a_stock_nginx_passes_on_is_no_caller_on_this_machine(string version, int status)
    {
        await using Rig rig = await Rig.StartAsync(""" "LoopbackAccounts": { "admin": "right" } """);
        Uri address = new(rig.Server.Addresses[0]);
        byte[] request = System.Text.Encoding.ASCII.GetBytes($"GET /openidm/info/ping HTTP/{version}\r\nHost: {address.Authority}\r\nConnection: close\r\n"
            + "X-OpenIDM-Username: admin\r\nX-OpenIDM-Password: right\r\n\r\n");

        Assert.That(await RawHttp.ExchangeAsync(address.Port, request, isAll: false), Does.StartWith($"HTTP/1.1 {status}"));
    }

    [Test]
    public async Task No_password_is_looked_at_during_a_pause_and_none_makes_it_longer_but_a_right_key_always_passes()
    {
        FakeTimeProvider time = new();
        await using Rig rig = await Rig.StartAsync(""" "LoopbackAccounts": { "admin": "right" } """, time);
        KeyText key = await rig.KeyAsync();
        for (int i = 0; i < LoginThrottle.Free; i++) await rig.SendAsync(headers: [Rig.Basic("admin", "wrong")]);

        foreach (string password in (string[])["right", "wrong", "right", "wrong"])
        {
            Answer during = await rig.SendAsync(headers: [Rig.Basic("admin", password)]);
            Assert.That((during.Status, during.Body, during.Headers["Retry-After"]), Is.EqualTo((401, Denied, "1")), password);
        }

        Assert.That((await rig.AskAsync(key)).Status, Is.EqualTo(200), "others do not lock anyone out");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await rig.SendAsync(headers: [Rig.Basic("admin", "right")])).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Refused_callers_are_in_the_chain_of_evidence_and_cannot_flood_it()
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText key = await rig.KeyAsync("marker-name");
        for (int i = 0; i < 200; i++) await rig.AskAsync(key with { Secret = $"marker-wrong-{i}" });

        List<AuditRecord> records = [];
        await foreach (AuditRecord record in rig.Services.Shared.Trail.RecordsAsync(default)) records.Add(record);
        string[] bodies = [.. records.Select(r => System.Text.Encoding.UTF8.GetString(r.Body.AsSpan()))];

        Assert.That(bodies, Has.Length.InRange(5, 30));
        Assert.That(bodies[0], Does.Contain("refusedLogin").And.Contain("wrongSecret").And.Contain(key.Id));
        Assert.That(bodies, Has.None.Contains("marker-wrong").And.None.Contains(key.Secret));
        Assert.That(rig.Log, Does.Not.Contain("marker-wrong").And.Not.Contain(key.Secret));
        Assert.That(await rig.DiskAsync(),
            Does.Not.Contain("marker-name").And.Not.Contain(key.Secret).And.Not.Contain("marker-wrong").And.Not.Contain(KeyText.Digest(key.Secret)));
    }

    [Test]
    public void An_endpoint_that_demands_nothing_keeps_the_program_from_starting()
    {
        Action<IEndpointRouteBuilder>[] open =
        [
            static routes => routes.MapGet("/open", static () => "x"),
            static routes => routes.MapGet("/open", static () => "x").RequireAuthorization(),
            static routes => routes.MapGet("/open", static () => "x").Demanding(Right.Read).AllowAnonymous(),
        ];

        foreach (Action<IEndpointRouteBuilder> map in open) Assert.That(async () => await Rig.StartAsync(map: map),
            Throws.InvalidOperationException.With.Message.Contains("/open"));
    }

    [Test]
    public async Task What_routing_itself_answers_needs_credentials_and_no_right()
    {
        await using Rig rig = await Rig.StartAsync(map: static routes => routes.MapGet("/only", static () => "x").Demanding(Right.Plan));
        KeyText key = await rig.KeyAsync();

        Assert.That((await rig.SendAsync("/only", "DELETE", headers: Rig.Bearer(key))).Status, Is.EqualTo(405));
        Assert.That((await rig.SendAsync("/only", "DELETE")).Status, Is.EqualTo(401));
        Assert.That((await rig.AskAsync(key, "/only")).Status, Is.EqualTo(403));
    }
}
