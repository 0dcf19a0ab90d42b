using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Openidm;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>Whose changes a caller receives, and when its token moves (docs/openidm.md#livesync).</summary>
public sealed class LiveSyncTests
{
    private const string Path = SystemBench.Users + "?_action=liveSync";

    [Test]
    public async Task Each_caller_has_a_token_of_its_own()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(2));
        KeyText other = await bench.Rig.KeyAsync("other", "azuread", null, Right.Read, Right.LiveSync);
        await bench.SendAsync("POST", Path, null);
        await bench.SendAsync(other, "POST", Path);
        await ChangeAsync(bench);

        Assert.That(Changed(await bench.SendAsync("POST", Path, null)), Is.EqualTo(new[] { SystemBench.Id(2) }));
        Assert.That(Changed(await bench.SendAsync(other, "POST", Path)), Is.EqualTo(new[] { SystemBench.Id(2) }), "another caller took nothing away");
        Assert.That(Changed(await bench.SendAsync(other, "POST", Path)), Is.Empty);
        KeyText successor = await bench.Rig.KeyAsync("other", "azuread", null, Right.Read, Right.LiveSync);
        await ChangeAsync(bench, "+1 2065550112");
        Assert.That(Changed(await bench.SendAsync(successor, "POST", Path)), Is.EqualTo(new[] { SystemBench.Id(2) }), "a key of the same name goes on");
    }

    [TestCase(Right.Read)]
    [TestCase(Right.LiveSync)]
    [TestCase(Right.Phones)]
    public async Task It_takes_two_rights(Right right)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        KeyText key = await bench.Rig.KeyAsync("narrow", "azuread", null, right);

        foreach (string path in (string[])[Path, "/openidm/system?_action=liveSync&source=system/azuread/user"])
        {
            Assert.That((await bench.SendAsync(key, "POST", path)).Status, Is.EqualTo(403));
        }

        Assert.That(bench.Sandbox.Journal.Total, Is.Zero);
    }

    [Test]
    public async Task With_the_callers_own_token_an_answer_can_be_asked_for_again()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(2));
        string token = Token(await bench.SendAsync("POST", Path, null));
        await ChangeAsync(bench);

        Answer first = await SinceAsync(token), again = await SinceAsync(token);
        Assert.That((Changed(first), Changed(again)), Is.EqualTo((new[] { SystemBench.Id(2) }, new[] { SystemBench.Id(2) })));
        Assert.That(Changed(await SinceAsync(Token(first))), Is.Empty);
        Assert.That(Changed(await bench.SendAsync("POST", Path, null)), Is.EqualTo(new[] { SystemBench.Id(2) }), "the kept token did not move");
        Answer bad = await SinceAsync("yesterday");
        Assert.That((bad.Status, bad.Code()), Is.EqualTo((400, "badToken")), bad.Body);
        Assert.That((await bench.SendAsync("POST", $"{Path}&synctoken={Uri.EscapeDataString(token)}", null)).Status, Is.EqualTo(400), "mistyped");

        Task<Answer> SinceAsync(string since) => bench.SendAsync("POST", $"{Path}&syncToken={Uri.EscapeDataString(since)}", null);
    }

    [Test]
    public async Task An_answer_that_could_not_be_written_is_given_again()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(2));
        await bench.SendAsync("POST", Path, null);
        await ChangeAsync(bench);
        DefaultHttpContext context = new() { Response = { Body = new Broken() } };
        (context.Request.Method, context.Request.QueryString) = ("POST", new QueryString("?_action=liveSync"));
        Caller caller = new Caller.Key(bench.Key.Id, "idm",
            ImmutableSortedDictionary<string, ImmutableArray<Right>>.Empty.Add("azuread", [Right.Read, Right.LiveSync]));
        context.User = new ClaimsPrincipal(new CallerIdentity(caller, "test"));
        IServiceProvider services = bench.Rig.Server.Services;
        SystemCall call = services.GetRequiredService<SystemCalls>().OfCollection(context, "system/azuread/user",
            new KnownActions(["liveSync"], LiveSync.Parameters));

        Assert.That(() => services.GetRequiredService<LiveSync>().RunAsync(context, "azuread", call), Throws.TypeOf<IOException>());

        Assert.That(Changed(await bench.SendAsync("POST", Path, null)), Is.EqualTo(new[] { SystemBench.Id(2) }));
    }

    private static async Task ChangeAsync(SystemBench bench, string number = "+1 2065550111")
    {
        Answer changed = await bench.PutAsync(SystemBench.PathOf(2), $$"""{"__phoneAuthenticationMethods__":["{{number}}:mobile"]}""");
        Assert.That(changed.Status, Is.EqualTo(200), changed.Body);
    }

    private static string[] Changed(Answer answer)
    {
        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        return [.. answer.Json().GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("_id").GetString() ?? "")];
    }

    private static string Token(Answer answer) => answer.Json().GetProperty("connectorData").GetProperty("syncToken").GetString() ?? "";

    /// <summary>A connection that is gone.</summary>
    private sealed class Broken : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("gone");
    }
}
