using System.Text;
using System.Text.RegularExpressions;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>Each request that docs/facade.md shows for automation platforms works as written.</summary>
public sealed partial class DocumentedRequestTests
{
    private const string Section = "## Plain API";

    [Test]
    public async Task Every_request_of_the_page_works()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(shipped: true);
        string[] commands = [.. Commands()];
        Assert.That(commands, Has.Length.GreaterThanOrEqualTo(8));
        foreach (string command in commands)
        {
            Match url = Url().Match(command);
            Assert.That(command, Does.Contain("-u \"flow:$KEY\""));
            Assert.That(url.Success, Is.True, command);
            string method = MethodOption().Match(command) is { Success: true } named ? named.Groups[1].Value : "GET";
            string? body = BodyOption().Match(command) is { Success: true } sent ? sent.Groups[1].Value : null;
            List<(string, string)> headers = [Rig.Basic("flow", stage.Key.Reveal())];
            foreach (Match header in HeaderOption().Matches(command).Where(h => h.Groups[1].Value != "Content-Type"))
            {
                headers.Add((header.Groups[1].Value, header.Groups[2].Value.Replace("\\\"", "\"", StringComparison.Ordinal)));
            }

            string root = url.Groups[1].Value == "USERS" ? "/api/v1/tenants/one/users" : "/api/v1";
            Answer answer = await stage.Rig.SendAsync(root + url.Groups[2].Value, method,
                body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), [.. headers]);

            Assert.That(answer.Status, Is.InRange(200, 299), $"{command}\n{answer.Body}");
        }

        Assert.That(stage.Applied,
            Does.Contain("phone.create").And.Contain("phone.update").And.Contain("phone.delete").And.Contain("sms.enable").And.Contain("sms.disable"));
    }

    private static IEnumerable<string> Commands()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "facade.md"));
        string section = page[page.IndexOf(Section, StringComparison.Ordinal)..];
        int end = section.IndexOf("\n## ", Section.Length, StringComparison.Ordinal);
        return (end < 0 ? section : section[..end]).Split('\n').Where(l => l.StartsWith("curl ", StringComparison.Ordinal));
    }

    [GeneratedRegex("\"\\$(USERS|API)(/[^\"]*)\"")]
    private static partial Regex Url();

    [GeneratedRegex(@"-X (\w+)")]
    private static partial Regex MethodOption();

    [GeneratedRegex("-d '([^']*)'")]
    private static partial Regex BodyOption();

    [GeneratedRegex("-H \"([\\w-]+): ((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex HeaderOption();
}
