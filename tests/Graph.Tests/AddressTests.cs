using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Tests;

public class AddressTests
{
    private static readonly GraphTenantOptions Loopback = new() { Endpoint = new Uri("http://127.0.0.1:5000") };
    private static readonly Uri Asked = new("http://127.0.0.1:5000/v1.0/users?$top=999");

    [TestCase("kim@contoso.com", "users/kim@contoso.com")]
    [TestCase("a_b.com#EXT#@contoso.com", "users/a_b.com%23EXT%23@contoso.com")]
    [TestCase("$x@y.com", "users('$x@y.com')")]
    [TestCase("$o'x@y.com", "users('$o%27%27x@y.com')")]
    [TestCase("o'hara@contoso.com", "users/o%27hara@contoso.com")]
    [TestCase("a b/c?d&e%f+g", "users/a%20b%2Fc%3Fd%26e%25f%2Bg")]
    [TestCase("jörg@contoso.com", "users/j%C3%B6rg@contoso.com")]
    [TestCase("..", "users('..')")]
    public void Users_are_named_so_that_the_address_stays_what_it_is(string name, string path)
    {
        Assert.That(UserUrl.From(name), Is.EqualTo(path));
        Uri address = new GraphAddress(Loopback).V1(path + "/authentication/methods");
        Assert.That(address.PathAndQuery, Is.EqualTo($"/v1.0/{path}/authentication/methods"));
    }

    [TestCase("O'Hara", "%27O%27%27Hara%27")]
    [TestCase("a&b=c#d", "%27a%26b%3Dc%23d%27")]
    public void Filter_values_are_quoted_and_escaped(string value, string text) => Assert.That(UserUrl.Quoted(value), Is.EqualTo(text));

    [TestCase("http://127.0.0.1:5000/v1.0/users?$skiptoken=a%2Bb", "http://127.0.0.1:5000/v1.0/users?$skiptoken=a%2Bb")]
    [TestCase("https://graph.microsoft.com/v1.0/users?$skiptoken=X", "http://127.0.0.1:5000/v1.0/users?$skiptoken=X")]
    [TestCase("https://GRAPH.microsoft.com:443/v1.0/users", "http://127.0.0.1:5000/v1.0/users")]
    [TestCase("/v1.0/users?page=2", "http://127.0.0.1:5000/v1.0/users?page=2")]
    [TestCase("users?page=2", "http://127.0.0.1:5000/v1.0/users?page=2")]
    [TestCase("?$skiptoken=a:b", "http://127.0.0.1:5000/v1.0/users?$skiptoken=a:b")]
    [TestCase("../v1.0/users?page=2", "http://127.0.0.1:5000/v1.0/users?page=2")]
    [TestCase("evil.example/v1.0/users", "http://127.0.0.1:5000/v1.0/evil.example/v1.0/users")]
    public void Links_of_our_origins_are_followed_at_the_endpoint(string link, string routed)
    {
        Assert.That(new GraphAddress(Loopback).TryRoute(link, Asked, out Uri address), Is.True);
        Assert.That(address.AbsoluteUri, Is.EqualTo(routed));
    }

    [TestCase("http://graph.microsoft.com/v1.0/users")]
    [TestCase("https://graph.microsoft.com:8443/v1.0/users")]
    [TestCase("https://graph.microsoft.us/v1.0/users")]
    [TestCase("https://graph.microsoft.com.evil.example/v1.0/users")]
    [TestCase("https://graph.microsoft.com@evil.example/v1.0/users")]
    [TestCase("https://evil@graph.microsoft.com/v1.0/users")]
    [TestCase("https://127.0.0.1:5000/v1.0/users")]
    [TestCase("http://127.0.0.1:5001/v1.0/users")]
    [TestCase("http://localhost:5000/v1.0/users")]
    [TestCase("http://127.0.0.1.evil.example:5000/v1.0/users")]
    [TestCase("//evil.example/v1.0/users")]
    [TestCase("/\\evil.example/v1.0/users")]
    [TestCase("file:///etc/passwd")]
    [TestCase("\\\\evil.example/v1.0/users")]
    [TestCase("\\/evil.example/v1.0/users")]
    [TestCase(" //evil.example/v1.0/users")]
    [TestCase("javascript:alert(1)")]
    [TestCase("")]
    public void Other_links_are_foreign(string link) => Assert.That(new GraphAddress(Loopback).TryRoute(link, Asked, out _), Is.False);

    [TestCase(GraphCloud.Global, "https://graph.microsoft.com", "https://login.microsoftonline.com/")]
    [TestCase(GraphCloud.UsGov, "https://graph.microsoft.us", "https://login.microsoftonline.us/")]
    [TestCase(GraphCloud.UsGovDod, "https://dod-graph.microsoft.us", "https://login.microsoftonline.us/")]
    [TestCase(GraphCloud.China, "https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn/")]
    public void Each_cloud_has_its_root_scope_and_authority(GraphCloud cloud, string root, string authority)
    {
        Assert.That(cloud.Root().AbsoluteUri, Is.EqualTo(root + "/"));
        Assert.That(cloud.Scope(), Is.EqualTo(root + "/.default"));
        Assert.That(cloud.Authority().AbsoluteUri, Is.EqualTo(authority));
    }

    [TestCase("http://127.0.0.1:5000", true)]
    [TestCase("http://127.9.9.9", true)]
    [TestCase("http://[::1]:5000", true)]
    [TestCase("https://gateway.contoso.com:8443", true)]
    [TestCase("http://localhost:5000", false)]
    [TestCase("http://10.0.0.1", false)]
    [TestCase("http://gateway.contoso.com", false)]
    [TestCase("http://[::ffff:127.0.0.1]", false)]
    [TestCase("https://gateway.contoso.com/v1.0", false)]
    [TestCase("https://user@gateway.contoso.com", false)]
    [TestCase("ftp://127.0.0.1", false)]
    public void An_endpoint_is_https_or_a_literal_loopback_address(string endpoint, bool good) =>
        Assert.That(new GraphTenantOptions { Endpoint = new Uri(endpoint) }.Problems().ToArray(), good ? Is.Empty : Is.Not.Empty);

    [Test]
    public void Localhost_is_refused_with_advice() =>
        Assert.That(new GraphTenantOptions { Endpoint = new Uri("http://localhost:1") }.Problems().Single().Message, Does.Contain("127.0.0.1"));
}
