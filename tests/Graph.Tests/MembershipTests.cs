using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Tests.Support;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>Membership of a group, read and written over HTTP (docs/graph.md#group-membership).</summary>
public sealed class MembershipTests
{
    private const string Group = "00000000-0000-4000-8000-0000000000d1";
    private const string Members = $$"""{"value":[{"id":"other"},{"id":"{{Rig.Uid}}"}]}""";

    [Test]
    public async Task A_person_is_put_into_a_group_and_taken_out_and_each_reading_shows_it()
    {
        await using SandboxServer server = await StartAsync();
        using Rig rig = Connect(server);
        string uid = server.Tenant.User("ada@contoso.com").Id.ToString();

        bool?[] seen = new bool?[3];
        seen[0] = await ReadAsync(rig, uid);
        WriteAnswer added = await rig.Writer.SendAsync(uid, new Operation.AddMember(Group, Some.Reason), default);
        seen[1] = await ReadAsync(rig, uid);
        WriteAnswer again = await rig.Writer.SendAsync(uid, new Operation.AddMember(Group, Some.Reason), default);
        WriteAnswer removed = await rig.Writer.SendAsync(uid, new Operation.RemoveMember(Group, Some.Reason), default);
        seen[2] = await ReadAsync(rig, uid);
        WriteAnswer gone = await rig.Writer.SendAsync(uid, new Operation.RemoveMember(Group, Some.Reason), default);

        Assert.That(seen, Is.EqualTo(new bool?[] { false, true, false }));
        Assert.That((WriteAnswer[])[added, removed], Is.All.InstanceOf<WriteAnswer.Accepted>());
        Assert.That((Problem(again), Problem(gone)), Is.EqualTo((("PP316", ErrorKind.AlreadyExists), ("PP317", ErrorKind.NotFound))));
    }

    [Test]
    public async Task Twenty_people_are_read_with_their_membership_in_the_order_of_the_request()
    {
        await using SandboxServer server = await StartAsync();
        using Rig rig = Connect(server);
        string[] names = ["ada@contoso.com", "ben@contoso.com", "cleo@contoso.com"];
        UserRead[] users = [.. names.Select(name => new UserRead(server.Tenant.User(name).Id.ToString(), Group: Group))];
        bool?[] known = [.. (await rig.Reader.ReadAsync([.. users], default)).Select(Membership)];
        Assert.That(known, Is.EqualTo(new bool?[] { false, true, false }));
    }

    [TestCase("ada@contoso.com", "00000000-0000-4000-8000-00000000dead", "PP317")]
    [TestCase(null, Group, "PP317")]
    public async Task Who_or_what_is_not_there_is_not_found(string? user, string group, string code)
    {
        await using SandboxServer server = await StartAsync();
        using Rig rig = Connect(server);
        string uid = user is null ? Rig.Uid : server.Tenant.User(user).Id.ToString();
        WriteAnswer answer = await rig.Writer.SendAsync(uid, new Operation.AddMember(group, Some.Reason), default);
        Assert.That(Problem(answer), Is.EqualTo((code, ErrorKind.NotFound)));
        if (user is not null) Assert.That(await ReadAsync(rig, uid, group), Is.Null, "a group that is not there says nothing");
    }

    [Test]
    public async Task What_the_credential_may_not_do_is_forbidden_with_the_permission_that_is_missing()
    {
        await using SandboxServer server = await StartAsync();
        using Rig rig = Connect(server);
        string uid = server.Tenant.User("ada@contoso.com").Id.ToString();
        server.Tenant.Settings = server.Tenant.Settings with { Permissions = new PermissionSettings { GroupWrites = Access.Forbidden } };
        WriteAnswer answer = await rig.Writer.SendAsync(uid, new Operation.AddMember(Group, Some.Reason), default);
        Assert.That((answer as WriteAnswer.Refused)?.Error.Advice, Does.Contain("GroupMember.ReadWrite.All"));
        Assert.That(await ReadAsync(rig, uid), Is.False);
    }

    [Test]
    public async Task A_service_that_refuses_the_filter_is_asked_for_all_members_and_not_again()
    {
        StubGraph stub = new((seen, _) => seen.Path switch
        {
            var path when path.Contains("authentication", StringComparison.Ordinal) => StubGraph.Json(200, """{"value":[]}"""),
            var path when path.Contains("filter", StringComparison.Ordinal) => StubGraph.Error(400, "Request_UnsupportedQuery",
                "The specified filter to the reference property query is currently not supported."),
            _ => StubGraph.Json(200, Members),
        });
        using Rig rig = new(stub);
        Assert.That((await ReadAsync(rig, Rig.Uid), await ReadAsync(rig, Rig.Uid)), Is.EqualTo(((bool?)true, (bool?)true)));
        Assert.That(stub.Seen.Count(static seen => seen.Path.Contains("filter", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase(200, """{"value":[{"id":"other"}]}""", false)]
    [TestCase(200, Members, true)]
    [TestCase(200, """{"value":[{"id":"other"}],"@odata.nextLink":"https://example.org/next"}""", null)]
    [TestCase(200, "{}", null)]
    [TestCase(200, """{"value":[{}]}""", null)]
    [TestCase(403, """{"error":{"code":"Authorization_RequestDenied","message":"no"}}""", null)]
    [TestCase(404, """{"error":{"code":"Request_ResourceNotFound","message":"no"}}""", null)]
    [TestCase(502, "<html>", null)]
    public async Task Only_a_clear_answer_says_who_is_a_member(int status, string body, bool? expected)
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains("authentication", StringComparison.Ordinal)
            ? StubGraph.Json(200, """{"value":[]}""") : StubGraph.Json(status, body));
        using Rig rig = new(stub);
        Assert.That(await ReadAsync(rig, Rig.Uid), Is.EqualTo(expected));
    }

    private static (string?, ErrorKind?) Problem(WriteAnswer answer) => answer is WriteAnswer.Refused { Error: var error } ? (error.Code, error.Kind) : default;

    private static async Task<bool?> ReadAsync(Rig rig, string uid, string group = Group) =>
        Membership((await rig.Reader.ReadAsync([new UserRead(uid, Group: group)], default))[0]);

    private static bool? Membership(MethodsReading reading) => (reading as MethodsReading.Complete)?.Methods.Membership?.IsMember;

    private static Rig Connect(SandboxServer server) => new(null, options => options with { Endpoint = server.Address }, TimeProvider.System);

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(new SandboxOptions
    {
        Seed = SeedReader.Parse($$"""
            { "users": [ { "userPrincipalName": "ada@contoso.com" }, { "userPrincipalName": "ben@contoso.com" }, { "userPrincipalName": "cleo@contoso.com" } ],
              "groups": [ { "id": "{{Group}}", "displayName": "Invited", "members": [ "ben@contoso.com" ] } ] }
            """),
    }, default);
}
