using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>A word has one figure in all four forms of a report (docs/documents.md#summary).</summary>
public sealed class FormsAgreeTests
{
    [TestCase("endingWithFewer", "End with fewer usable methods", 3)]
    [TestCase("losingLastPhone", "Lose their last phone", 2)]
    public async Task The_figure_after_a_heading_is_the_summarys(string name, string heading, long expected)
    {
        SeedMethod[] methods = [new SeedMethod { Kind = "microsoftAuthenticator" }];
        await using Stage stage = await Stage.OpenAsync(new SandboxSeed
        {
            Users =
            [
                new SeedUser { UserPrincipalName = "a@contoso.com", Phones = new SeedPhones { Mobile = "+1 2065550101" } },
                new SeedUser { UserPrincipalName = "b@contoso.com", Phones = new SeedPhones { Mobile = "+1 2065550102" }, Methods = [.. methods] },
                new SeedUser
                {
                    UserPrincipalName = "c@contoso.com", Phones = new SeedPhones { Mobile = "+1 2065550103", AlternateMobile = "+1 2065550104" },
                    Methods = [.. methods],
                },
            ],
        }, new JsonObject { ["Policy"] = new JsonObject { ["LastMethod"] = "Allow" } });
        stage.Shell.UsesExecutable = true;
        stage.Shell.Write("people.csv", "user,mobile,alternateMobile\na@contoso.com,none,\nb@contoso.com,none,\nc@contoso.com,+1 2065550103,none\n");

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--report", "@r.json", "--report", "@r.md", "--report", "@r.html", "--report", "@r.txt");

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(stage.Shell.At("r.json")));
        Assert.That(json.RootElement.GetProperty("summary").GetProperty(name).GetInt64(), Is.EqualTo(expected), $"{plan}");
        Assert.That(Figure(plan.Output, heading), Is.EqualTo(expected), "on the terminal");
        Assert.That(Figure(File.ReadAllText(stage.Shell.At("r.txt")), heading), Is.EqualTo(expected), "text");
        Assert.That(Figure(File.ReadAllText(stage.Shell.At("r.md")), heading), Is.EqualTo(expected), "Markdown");
        Match page = Regex.Match(File.ReadAllText(stage.Shell.At("r.html")), $"<b>([0-9,]+)<small> users?</small></b> <span>{Regex.Escape(heading)}",
            RegexOptions.NonBacktracking);
        Assert.That(long.Parse(page.Groups[1].Value, CultureInfo.InvariantCulture), Is.EqualTo(expected), "HTML");
    }

    private static long Figure(string text, string heading)
    {
        Match found = Regex.Match(text, $"{Regex.Escape(heading)}: ([0-9]+)", RegexOptions.NonBacktracking);
        return found.Success ? long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : -1;
    }
}
