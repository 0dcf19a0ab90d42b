using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

public sealed class Contoso_tests
{
    private Stage _stage = null!;

    [OneTimeSetUp]
    public async Task Open() => _stage = await Stage.Open(new SandboxOptions());

    [OneTimeTearDown]
    public async Task Close() => await _stage.DisposeAsync();

    [Test]
    public async Task The_embedded_seed_is_listed_in_pages()
    {
        List<string> names = new List<string>();
        for (string? path = "/v1.0/users?$select=id,userPrincipalName&$top=5"; path is not null;)
        {
            Reply page = await _stage.Client.Get(path);
            names.AddRange(page.Value.Select(u => u.GetProperty("userPrincipalName").GetString()!));
            path = page.NextLink;
        }
        Assert.That(names, Has.Count.EqualTo(12).And.Unique.And.Contains("finn_fabrikam.com#EXT#@contoso.com"));
    }

    [TestCase("finn_fabrikam.com%23EXT%23@contoso.com")]
    [TestCase("ada@contoso.com")]
    public async Task A_user_is_found_by_name(string name) =>
        Assert.That((await _stage.Client.Get($"/v1.0/users/{name}/authentication/methods")).Status, Is.EqualTo(200));

    [Test]
    public async Task A_request_without_a_token_is_refused_in_Graphs_envelope()
    {
        using GraphClient anonymous = new GraphClient(_stage.Server.Address, "");
        Reply reply = await anonymous.Get("/v1.0/users");
        Assert.That((reply.Status, reply.ErrorCode), Is.EqualTo((401, "InvalidAuthenticationToken")));
        Assert.That(reply.Headers.ContainsKey("request-id") && reply.Headers.ContainsKey("www-authenticate"));
    }
}
