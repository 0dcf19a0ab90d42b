using System.Text.Json;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests;

/// <summary><c>/</c> for a person who only knows the address.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RootPageTests
{
    private const string Html = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

    [Test]
    public async Task A_browser_gets_a_page_whose_links_lead_somewhere()
    {
        await using Rig rig = await Rig.StartAsync();

        Answer page = await rig.SendAsync("/", headers: [("Accept", Html)]);

        Assert.That((page.Status, page.Headers["Content-Type"]), Is.EqualTo((200, "text/html; charset=utf-8")));
        string[] links = [.. page.Body.Split("href=\"").Skip(1).Select(static rest => rest.Split('"')[0])];
        Assert.That(links, Is.EqualTo(new[] { "/api/v1/", "/health/live", "/health/ready" }));
        int[] reached = [.. await Task.WhenAll(links.Select(async link => (await rig.SendAsync(link)).Status))];
        Assert.That(reached, Is.EqualTo(new[] { 401, 200, 200 }));
    }

    [Test]
    public async Task A_program_gets_the_same_as_JSON()
    {
        await using Rig rig = await Rig.StartAsync();

        using JsonDocument answer = JsonDocument.Parse((await rig.SendAsync("/")).Body);

        Assert.That(answer.RootElement.GetProperty("operations").GetString(), Is.EqualTo("/api/v1/"));
    }

    [Test]
    public async Task Nothing_else_can_be_read_from_it([Values("", Html)] string accept)
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText key = await rig.KeyAsync();
        (string, string)[] headers = [("Accept", accept)];

        Answer none = await rig.SendAsync("/", headers: headers);
        Answer known = await rig.SendAsync("/", headers: [.. headers, Rig.Bearer(key)]);
        Answer wrong = await rig.SendAsync("/", headers: [.. headers, ("Authorization", "Bearer x")]);

        Assert.That((known.Status, known.Body), Is.EqualTo((200, none.Body)), "it is the same for everybody");
        Assert.That(wrong.Status, Is.EqualTo(401), "and no place to try keys");
        foreach (string word in (string[])["one", "two", "sandbox", "entra", "0.1", "provision", "Kestrel"])
        {
            Assert.That(none.Body, Does.Not.Match($@"(?i)\b{word}\b"));
            Assert.That(none.Headers.Values, Has.None.Match($@"(?i)\b{word}\b"));
        }
    }

    [Test]
    public async Task Only_a_GET_is_answered_without_a_key([Values("POST", "PUT", "DELETE")] string method)
    {
        await using Rig rig = await Rig.StartAsync();

        Assert.That((await rig.SendAsync("/", method)).Status, Is.EqualTo(401));
    }
}
