using System.Text.RegularExpressions;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Facade.Tests.Recon;

/// <summary>The requests that docs/facade.md shows for reconciliations work as written.</summary>
public sealed partial class DocumentedRequestTests
{
    [Test]
    public async Task Every_request_of_the_page_about_reconciliations_is_answered()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "facade.md"));
        Match[] requests = Request().Matches(page).ToArray();
        Assert.That(requests, Has.Length.EqualTo(9));
        await using ReconRig rig = await ReconRig.StartAsync();
        string id = "";
        foreach (Match request in requests)
        {
            string path = request.Groups["path"].Value.Replace("$ID", id, StringComparison.Ordinal)
                .Replace("ada@contoso.com", ReconRig.Upn(1), StringComparison.Ordinal).Replace("ben@contoso.com", ReconRig.Upn(2), StringComparison.Ordinal);
            string method = request.Groups["method"].Success ? request.Groups["method"].Value : "GET";
            Reply reply = await rig.SendAsync(method, path);
            Assert.That(reply.Status, Is.EqualTo(200), $"{method} {path}: {reply.Body}");
            if (method != "POST" || path.Contains("cancel", StringComparison.Ordinal)) continue;
            id = reply.Text("_id");
            await rig.UntilAsync(id, s => s.GetProperty("state").GetString() != "ACTIVE");
        }

        Assert.That(rig.Writes, Is.EqualTo(5));
    }

    [GeneratedRegex("""^(?:REPORT=\$\()?curl .*?(-X (?<method>[A-Z]+) )?"http://127\.0\.0\.1:8080/openidm/(?<path>(?:audit/)?recon[^"]*)"\)?$""",
        RegexOptions.Multiline)]
    private static partial Regex Request();
}
