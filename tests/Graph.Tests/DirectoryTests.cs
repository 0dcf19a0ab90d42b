using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests;

public class DirectoryTests
{
    private const string Kim = """{"id":"1","userPrincipalName":"kim@contoso.com","displayName":"Kim","mail":"k@contoso.com","employeeId":"""
        + """ "E1","accountEnabled":false,"userType":"guest","onPremisesSyncEnabled":true,"extra":{"a":[1]}}""";
    private const string Lee = """{"id":"2","userPrincipalName":"lee@contoso.com","accountEnabled":null,"userType":"Member","mail":null,"employeeId":"e1"}""";

    [Test]
    public async Task All_pages_are_read_with_the_properties_that_resolution_needs()
    {
        StubGraph stub = new((seen, _) => StubGraph.Json(200, seen.Path.Contains("skiptoken", StringComparison.Ordinal)
            ? $$"""{"value":[{{Lee}}]}"""
            : $$"""{"@odata.nextLink":"https://graph.microsoft.com/v1.0/users?$skiptoken=A%2BB","value":[{{Kim}}]}"""));
        using Rig rig = new(stub);
        List<DirectoryUser> users = await AllAsync(rig);
        Assert.That(users, Is.EqualTo(new[]
        {
            new DirectoryUser("1", "kim@contoso.com", "Kim", "k@contoso.com", "E1", false, true, true),
            new DirectoryUser("2", "lee@contoso.com", EmployeeId: "e1"),
        }));
        Assert.That(stub.Seen.Select(seen => seen.Path), Is.EqualTo(new[]
        {
            "/v1.0/users?$select=id,userPrincipalName,displayName,mail,employeeId,accountEnabled,userType,onPremisesSyncEnabled&$top=999",
            "/v1.0/users?$skiptoken=A%2BB",
        }));
    }

    [Test]
    public async Task A_user_whom_two_pages_list_is_read_and_counted_once()
    {
        string[] pages = ["KIM,LEE", "LEE", "LEE,KIM,LEE", "KIM,{\"id\":\"3\"}"];
        StubGraph stub = new((seen, _) =>
        {
            if (seen.Path.Contains("$count", StringComparison.Ordinal)) return StubGraph.Error(400, "Request_UnsupportedQuery", "");
            int page = seen.Path.Contains("page=", StringComparison.Ordinal) ? int.Parse(seen.Path[^1..]) : 0;
            string next = page + 1 < pages.Length ? $",\"@odata.nextLink\":\"/v1.0/users?page={page + 1}\"" : "";
            return StubGraph.Json(200,
                "{\"value\":[" + pages[page].Replace("KIM", Kim).Replace("LEE", page % 2 == 0 ? Lee : Lee.Replace("lee@", "lee.new@")) + "]" + next + "}");
        });
        using Rig rig = new(stub);
        Assert.That((await AllAsync(rig)).Select(user => user.Uid), Is.EqualTo(new[] { "1", "2", "3" }));
        Assert.That(await rig.Directory.CountAsync(default), Is.EqualTo(3));
    }

    [TestCase("""{"value":[KIM],"@odata.nextLink":"https://evil.example/users"}""", ErrorKind.ForeignLink)]
    [TestCase("""{"value":[KIM],"@odata.nextLink":"/v1.0/users?$select=id,userPrincipalName,displayName,mail,employeeId,accountEnabled,userType,"""
        + """onPremisesSyncEnabled&$top=999"}""", ErrorKind.UnreadableAnswer)]
    [TestCase("""{"value":[{"userPrincipalName":"x"}]}""", ErrorKind.UnreadableAnswer)]
    [TestCase("""{"value":[KIM]""", ErrorKind.UnreadableAnswer)]
    [TestCase("<html>", ErrorKind.UnreadableAnswer)]
    public void Half_a_directory_is_no_directory(string body, ErrorKind kind)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, body.Replace("KIM", Kim))));
        Assert.That(async () => await AllAsync(rig), Throws.InstanceOf<TenantException>().With.Property("Error").Property("Kind").EqualTo(kind));
    }

    [Test]
    public void A_directory_that_never_ends_is_ended()
    {
        StubGraph stub = new((_, number) => StubGraph.Json(200, $$"""{"value":[],"@odata.nextLink":"/v1.0/users?page={{number}}"}"""));
        using Rig rig = new(stub, options => options with { MaxPages = 10 });
        Assert.That(async () => await AllAsync(rig), Throws.InstanceOf<TenantException>().With.Property("Error").Property("Code").EqualTo("PP110"));
        Assert.That(stub.Seen, Has.Length.EqualTo(10));
    }

    [TestCase(401, "InvalidAuthenticationToken", "PP105", "Credential")]
    [TestCase(403, "Authorization_RequestDenied", "PP202", "User.Read.All")]
    public async Task A_directory_that_may_not_be_read_ends_the_run_with_advice(int status, string code, string ours, string advice)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Error(status, code, "no")));
        TenantException? exception = await Assert.ThrowsAsync<TenantException>(async () => await AllAsync(rig));
        Assert.That((exception!.Error.Code, exception.Error.Advice), Is.EqualTo((ours, exception.Error.Advice)));
        Assert.That(exception.Error.Advice, Does.Contain(advice));
        await Assert.ThrowsAsync<TenantException>(async () => await rig.Directory.FindAsync(new UserKey(UserKeyKind.Name, "x"), default));
        await Assert.ThrowsAsync<TenantException>(async () => await rig.Directory.CountAsync(default));
    }

    [TestCase("KIM@contoso.com", 1)]
    [TestCase("1", 1)]
    [TestCase("somebody@else.com", -1, Description = "the answer is another user")]
    public async Task A_user_is_found_by_name_or_id(string name, int found)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, Kim)));
        DirectoryAnswer answer = await rig.Directory.FindAsync(new UserKey(UserKeyKind.Name, name), default);
        Assert.That(answer is DirectoryAnswer.Found { Users.Length: var count } ? count : -1, Is.EqualTo(found));
    }

    [TestCase(404, "Request_ResourceNotFound", 0)]
    [TestCase(404, "UnknownError", 0)]
    [TestCase(404, "", -1)]
    [TestCase(400, "Request_ResourceNotFound", 0)]
    [TestCase(400, "Request_BadRequest", -1)]
    [TestCase(500, "", -1)]
    public async Task A_user_is_missing_only_when_the_tenant_says_so(int status, string code, int found)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Error(status, code, "")));
        DirectoryAnswer answer = await rig.Directory.FindAsync(new UserKey(UserKeyKind.Name, "x@y.z"), default);
        Assert.That(answer is DirectoryAnswer.Found { Users.Length: var count } ? count : -1, Is.EqualTo(found));
    }

    [Test]
    public async Task A_server_that_ignores_filters_hands_us_no_strangers()
    {
        StubGraph stub = new((seen, _) => StubGraph.Json(200, seen.Path.Contains("page=2", StringComparison.Ordinal)
            ? $$"""{"value":[{{Lee}},{{Kim}}]}"""
            : $$"""{"value":[{{Kim}},{"id":"3","employeeId":"E17","mail":"x@y.z"}],"@odata.nextLink":"/v1.0/users?page=2"}"""));
        using Rig rig = new(stub);
        Assert.That(await FindAsync(rig, UserKeyKind.EmployeeId, "E1"), Is.EqualTo(new[] { "1", "2" }));
        Assert.That(await FindAsync(rig, UserKeyKind.Mail, "K@contoso.com"), Is.EqualTo(new[] { "1" }));
        Assert.That(await FindAsync(rig, UserKeyKind.Mail, "o'hara@contoso.com"), Is.Empty);
        Assert.That(stub.Seen[0].Path, Does.StartWith("/v1.0/users?$filter=employeeId%20eq%20%27E1%27&"));
        Assert.That(stub.Seen[4].Path, Does.StartWith("/v1.0/users?$filter=mail%20eq%20%27o%27%27hara%40contoso.com%27&"));
    }

    [TestCase("12345", 12345)]
    [TestCase("\uFEFF12345\r\n", 12345)]
    [TestCase("many", 2)]
    [TestCase("", 2)]
    public async Task The_count_is_asked_for_and_otherwise_counted(string body, long count)
    {
        StubGraph stub = new((seen,
            _) => StubGraph.Json(200, seen.Path.EndsWith("$count", StringComparison.Ordinal) ? body : $$"""{"value":[{{Kim}},{{Lee}}]}"""));
        using Rig rig = new(stub);
        Assert.That(await rig.Directory.CountAsync(default), Is.EqualTo(count));
        Assert.That(stub.Seen[0].Headers["ConsistencyLevel"], Is.EqualTo("eventual"));
    }

    [Test]
    public async Task Privileged_are_the_holders_of_roles_with_groups_resolved([Values] bool expansions)
    {
        StubGraph stub = new((seen, _) => seen.Path switch
        {
            var path when path.StartsWith("/v1.0/roleManagement/directory/roleAssignments", StringComparison.Ordinal) => StubGraph.Json(200, expansions
                ? """{"value":[{"principalId":"u1","principal":{"@odata.type":"#microsoft.graph.user","id":"u1"}},"""
                    + """{"principalId":"g1","principal":{"@odata.type":"#microsoft.graph.group","id":"g1"}},"""
                    + """{"principalId":"s1","principal":{"@odata.type":"#microsoft.graph.servicePrincipal","id":"s1"}}]}"""
                : """{"value":[{"principalId":"u1"},{"principalId":"g1"},{"principalId":"u1"}]}"""),
            "/v1.0/groups/g1/transitiveMembers?$select=id&$top=999" =>
                StubGraph.Json(200, """{"value":[{"id":"u2"}],"@odata.nextLink":"/v1.0/groups/g1/transitiveMembers?page=2"}"""),
            "/v1.0/groups/g1/transitiveMembers?page=2" => StubGraph.Json(200, """{"value":[{"id":"u3"}]}"""),
            _ => StubGraph.Error(404, "Request_ResourceNotFound", ""),
        });
        using Rig rig = new(stub);
        PrivilegedReading.Known known = (PrivilegedReading.Known)await rig.Directory.ReadPrivilegedAsync(default);
        Assert.That(known.Uids, Is.SupersetOf(new[] { "u1", "u2", "u3" }));
        Assert.That(known.Uids.Contains("U1"), Is.True, "ids are compared ignoring case");
        Assert.That(known.Uids, Does.Not.Contain("s1"));
        Assert.That(known.Origin, Is.EqualTo("role assignments"));
    }

    [Test]
    public async Task A_group_that_may_not_be_read_makes_the_role_assignments_unreadable_and_the_report_serves()
    {
        using Rig rig = new(new StubGraph((seen, _) => seen.Path switch
        {
            var path when path.Contains("roleAssignments", StringComparison.Ordinal) => StubGraph.Json(200, """{"value":[{"principalId":"g1"}]}"""),
            var path when path.Contains("userRegistrationDetails", StringComparison.Ordinal) =>
                StubGraph.Json(200, """{"value":[{"id":"a","isAdmin":true},{"id":"b","isAdmin":false}]}"""),
            _ => StubGraph.Error(403, "Authorization_RequestDenied", ""),
        }));
        PrivilegedReading.Known known = (PrivilegedReading.Known)await rig.Directory.ReadPrivilegedAsync(default);
        Assert.That(known.Uids, Is.EqualTo(new[] { "a" }));
        Assert.That(known.Origin, Does.Contain("report"));
    }

    [TestCase(403)]
    [TestCase(404)]
    [TestCase(501)]
    public async Task Neither_source_is_unreadable_and_names_the_permission(int status)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Error(status, "UnknownError", "")));
        PrivilegedReading reading = await rig.Directory.ReadPrivilegedAsync(default);
        Assert.That(reading, Is.InstanceOf<PrivilegedReading.Unreadable>());
        if (status == 403) Assert.That(((PrivilegedReading.Unreadable)reading).Error.Advice, Does.Contain("RoleManagement.Read.Directory"));
    }

    [Test]
    public async Task A_report_that_does_not_say_who_is_an_administrator_protects_no_one()
    {
        using Rig rig = new(new StubGraph((seen, _) => seen.Path.Contains("userRegistrationDetails", StringComparison.Ordinal)
            ? StubGraph.Json(200, """{"value":[{"id":"a"}]}""") : StubGraph.Json(404, "")));
        Assert.That(await rig.Directory.ReadPrivilegedAsync(default), Is.InstanceOf<PrivilegedReading.Unreadable>());
    }

    [Test]
    public async Task A_redirect_is_followed_within_our_origins_only()
    {
        using Rig good = new(new StubGraph((seen, _) => seen.Path.StartsWith("/v1.0/there", StringComparison.Ordinal)
            ? StubGraph.Json(200, Kim) : StubGraph.Json(302, "", ("Location", "https://graph.microsoft.com/v1.0/there"))));
        Assert.That(await FindAsync(good, UserKeyKind.Name, "kim@contoso.com"), Is.EqualTo(new[] { "1" }));

        StubGraph foreign = StubGraph.Create(() => StubGraph.Json(302, "", ("Location", "http://127.0.0.1:2/v1.0/there")));
        using Rig bad = new(foreign);
        await Assert.ThrowsAsync<TenantException>(async () => await FindAsync(bad, UserKeyKind.Name, "kim@contoso.com"));
        Assert.That(foreign.Seen, Has.Length.EqualTo(1));
    }

    private static async Task<string[]> FindAsync(Rig rig, UserKeyKind kind, string value)
    {
        DirectoryAnswer answer = await rig.Directory.FindAsync(new UserKey(kind, value), default);
        Assert.That(answer, Is.InstanceOf<DirectoryAnswer.Found>());
        return [.. ((DirectoryAnswer.Found)answer).Users.Select(user => user.Uid)];
    }

    private static async Task<List<DirectoryUser>> AllAsync(Rig rig)
    {
        List<DirectoryUser> users = [];
        await foreach (ImmutableArray<DirectoryUser> page in rig.Directory.PagesAsync(default)) users.AddRange(page);
        return users;
    }
}
