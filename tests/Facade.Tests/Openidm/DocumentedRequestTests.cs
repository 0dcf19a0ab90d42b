using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>Every request that docs/facade.md shows for PingIDM works as written.</summary>
public sealed class DocumentedRequestTests
{
    private static string[] Requests()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "facade.md"));
        return page.Split("```http\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Test]
    public async Task Each_request_of_the_page_works_as_written()
    {
        await using SystemBench bench = await SystemBench.StartAsync(
            $$""" "users": [ { "id": "{{SystemBench.Id(1)}}", "userPrincipalName": "ada@contoso.com", "phones": { "mobile": "+1 2065550100" },"""
            + """ "methods": [ { "kind": "microsoftAuthenticator", "id": "METHOD-ID" } ] } ] """);
        string[] requests = Requests();
        Assert.That(requests, Has.Length.GreaterThan(8));
        foreach (string request in requests)
        {
            string[] parts = request.Replace("/contoso", "/azuread", StringComparison.Ordinal)
                .Replace("/user/ID", $"/user/{SystemBench.Id(1)}", StringComparison.Ordinal).Split(' ', 3);
            Answer answer = await bench.SendAsync(parts[0], parts[1], parts.Length > 2 ? parts[2] : null);
            Assert.That(answer.Status, Is.EqualTo(200), $"{request}: {answer.Body}");
            Assert.That(answer.Body, Does.Not.Contain("\"resultCount\":0").And.Not.Contain("\"ok\":false"), request);
        }

        Assert.That(bench.Writes, Is.EqualTo(5), "mobile, e-mail, office, Authenticator, password");
    }
}
