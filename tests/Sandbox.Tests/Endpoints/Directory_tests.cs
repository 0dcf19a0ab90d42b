using System.Text.Json;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

public sealed class Directory_tests
{
    private Stage _stage = null!;

    [OneTimeSetUp]
    public async Task Open() => _stage = await Stage.Open(new SandboxOptions());

    [OneTimeTearDown]
    public async Task Close() => await _stage.DisposeAsync();

    [TestCase("userPrincipalName eq 'ADA@contoso.com'", 1)]
    [TestCase("mail eq 'finn@fabrikam.com'", 1)]
    [TestCase("employeeId eq '1004'", 1)]
    [TestCase("accountEnabled eq false", 1)]
    [TestCase("userType eq 'Guest' or employeeId eq '1004'", 2)]
    [TestCase("startswith(userPrincipalName,'e') and accountEnabled eq true", 1)]
    [TestCase("not(userType eq 'Guest')", 11)]
    [TestCase("employeeId in ('1001','1002','9')", 2)]
    [TestCase("displayName eq 'Dan''s'", 0)]
    public async Task Users_are_filtered(string filter, int expected)
    {
        Reply reply = await _stage.Client.Get("/v1.0/users?$select=id&$filter=" + Uri.EscapeDataString(filter));
        Assert.That(reply.Value, Has.Length.EqualTo(expected));
        Reply count = await _stage.Client.Get("/v1.0/users/$count?$filter=" + Uri.EscapeDataString(filter), ("ConsistencyLevel", "eventual"));
        Assert.That(count.Text, Is.EqualTo(expected.ToString()));
    }

    [TestCase("/v1.0/users?$filter=nonsense")]
    [TestCase("/v1.0/users?$filter=shoeSize eq 9")]
    [TestCase("/v1.0/users?$filter=mail eq 'x")]
    [TestCase("/v1.0/users?$top=1000")]
    [TestCase("/v1.0/users?$skiptoken=broken")]
    [TestCase("/v1.0/users/$count")]
    [TestCase("/v1.0/users/ada@contoso.com/authentication/telepathyMethods")]
    [TestCase("/v1.0/planets")]
    [TestCase("/v2.0/users")]
    [TestCase("/")]
    [TestCase("/v1.0/users/$ada@contoso.com/authentication/methods")]
    public async Task What_Graph_does_not_understand_is_400(string path)
    {
        Reply reply = await _stage.Client.Get(path);
        Assert.That(reply.Status, Is.EqualTo(400));
        Assert.That(reply.Error.GetProperty("innerError").GetProperty("request-id").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task A_name_that_begins_with_a_dollar_is_read_as_a_key()
    {
        _stage.Tenant.Add(new SeedUser { UserPrincipalName = "$o'neil@contoso.com" });
        Reply reply = await _stage.Client.Get("/v1.0/users('$o''neil@contoso.com')/authentication/methods");
        Assert.That(reply.Status, Is.EqualTo(200));
        _stage.Tenant.Change("$o'neil@contoso.com", new TenantChange.RemoveUser());
        Assert.That((await _stage.Client.Get("/v1.0/users('$o''neil@contoso.com')")).ErrorCode, Is.EqualTo("Request_ResourceNotFound"));
    }

    [Test]
    public async Task Roles_name_users_and_groups_whose_members_are_found()
    {
        Reply roles = await _stage.Client.Get("/v1.0/roleManagement/directory/roleAssignments?$expand=principal");
        JsonElement group = roles.Value.Select(r => r.GetProperty("principal"))
            .Single(p => p.GetProperty("@odata.type").GetString() == "#microsoft.graph.group");
        Reply members = await _stage.Client.Get($"/v1.0/groups/{group.GetProperty("id").GetString()}/transitiveMembers/microsoft.graph.user?$select=id");
        Assert.That(members.Value.Single().GetProperty("id").GetGuid(), Is.EqualTo(_stage.Tenant.User("ines@contoso.com").Id));
        Guid hana = _stage.Tenant.User("hana@contoso.com").Id;
        Assert.That((await _stage.Client.Get($"/v1.0/roleManagement/directory/roleAssignments?$filter=principalId eq '{hana}'")).Value, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_registration_report_knows_admins_and_methods_but_no_number()
    {
        Reply reply = await _stage.Client.Get("/v1.0/reports/authenticationMethods/userRegistrationDetails?$filter=methodsRegistered/any(t: t eq "
            + "'alternateMobilePhone')");
        JsonElement cleo = reply.Value.Single();
        Assert.That(cleo.GetProperty("methodsRegistered").EnumerateArray().Select(m => m.GetString()),
            Is.EqualTo(new[] { "mobilePhone", "alternateMobilePhone", "officePhone", "email" }));
        Assert.That(reply.Text, Does.Not.Contain("206555"));
        Reply admins = await _stage.Client.Get("/v1.0/reports/authenticationMethods/userRegistrationDetails?$filter=isAdmin eq true");
        Assert.That(admins.Value.Select(u => u.GetProperty("userPrincipalName").GetString()), Is.EqualTo(new[] { "hana@contoso.com", "ines@contoso.com" }));
    }

    [Test]
    public async Task The_organization_has_the_tenants_id() =>
        Assert.That((await _stage.Client.Get("/v1.0/organization?$select=id")).Value.Single().GetProperty("id").GetGuid(), Is.EqualTo(_stage.Tenant.TenantId));
}
