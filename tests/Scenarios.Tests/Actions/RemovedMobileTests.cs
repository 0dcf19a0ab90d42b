using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Scenarios.Tests.Actions;

/// <summary>A mobile that is removed under an alternateMobile, through every way in: the table of docs/design.md#a-removed-mobile.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RemovedMobileTests
{
    private const string Refused = "mobileUnderAlternate, unchanged";
    private const string Moved = ", the alternate's number is the mobile";

    /// <param name="Says">As the page has it.</param>
    /// <param name="Refuse">The answer under <c>AlternateOnly: Refuse</c>.</param>
    /// <param name="Promote">The answer under <c>Promote</c>.</param>
    /// <param name="AskAsync">Asks for a user; exit code or status, and the code of a refusal.</param>
    private sealed record Way(string Says, string Refuse, string Promote, Func<Served, Kim, Task<string>> AskAsync)
    {
        public string OfPage() => $"| {Says} | {Marked(Refuse)} | {Marked(Promote)} |";

        private static string Marked(string answer) => answer.Replace("mobileUnderAlternate", "`mobileUnderAlternate`", StringComparison.Ordinal);
    }

    /// <summary>A user of one's own for every way, so that none meets what another did.</summary>
    private sealed record Kim(int Number)
    {
        public string Name => $"kim{Number}@contoso.com";

        public string Mobile => $"+1 20655501{Number:00}";

        public string Alternate => $"+1 20655502{Number:00}";

        public string Office => $"+1 20655503{Number:00}";
    }

    private static ImmutableArray<Way> Ways { get; } =
    [
        new("columns `mobile` `none`, `alternateMobile` a number", "exit 0" + Moved, "exit 0" + Moved,
            (served, kim) => ApplyAsync(served, kim, $"user,mobile,alternateMobile\n{kim.Name},none,{kim.Alternate}\n")),
        new("column `mobile` `none` alone", "exit 4 " + Refused, "exit 4 " + Refused,
            (served, kim) => ApplyAsync(served, kim, $"user,mobile\n{kim.Name},none\n")),
        new("columns `mobile` `none`, `alternateMobile` `none`", "exit 0, both are gone", "exit 0, both are gone",
            (served, kim) => ApplyAsync(served, kim, $"user,mobile,alternateMobile\n{kim.Name},none,none\n")),
        new("list `phones` with the alternateMobile and without the mobile", "exit 4 " + Refused, "exit 0" + Moved,
            (served, kim) => ApplyAsync(served, kim, $"user,phones\n{kim.Name},{kim.Alternate}:alternateMobile;{kim.Office}:office\n")),
        new("`phones` `none`", "exit 0, all are gone", "exit 0, all are gone", (served, kim) => ApplyAsync(served, kim, $"user,phones\n{kim.Name},none\n")),
        new("verb `remove-phone USER mobile`", "exit 0" + Moved, "exit 0" + Moved,
            (served, kim) => CommandAsync(served, "remove-phone", kim.Name, "mobile", "--yes")),
        new("plain API, `DELETE /phones/mobile`", "204" + Moved, "204" + Moved,
            (served, kim) => HttpAsync(served, "DELETE", $"/api/v1/tenants/contoso/users/{kim.Name}/phones/mobile")),
        new("plain API, `POST /plan` with `mobile` `none` alone", "422 " + Refused, "422 " + Refused,
            (served, kim) => HttpAsync(served, "POST", $"/api/v1/tenants/contoso/users/{kim.Name}/plan", """{"mobile":"none"}""")),
        new("OpenIDM, PATCH `remove` of the mobile's value", "200" + Moved, "200" + Moved,
            (served, kim) => HttpAsync(served, "PATCH", System(kim),
                $$"""[{"operation":"remove","field":"/__phoneAuthenticationMethods__","value":"{{kim.Mobile}}:mobile"}]""")),
        new("OpenIDM, PATCH `replace` by a list without the mobile", "400 " + Refused, "200" + Moved,
            (served, kim) => HttpAsync(served, "PATCH", System(kim),
                $$"""[{"operation":"replace","field":"/__phoneAuthenticationMethods__","value":[{{Rest(kim)}}]}]""")),
        new("OpenIDM, PUT of a list without the mobile", "400 " + Refused, "200" + Moved,
            (served, kim) => HttpAsync(served, "PUT", System(kim), $$"""{"__phoneAuthenticationMethods__":[{{Rest(kim)}}]}""")),
    ];

    [Test]
    public async Task Every_way_in_follows_the_one_rule([Values("Refuse", "Promote")] string policy)
    {
        await using Served served = await Served.StartAsync(0, new SandboxSeed { Users = [.. Ways.Select((_, i) => Seed(new Kim(i)))] }, new JsonObject
        {
            ["Policy"] = new JsonObject { ["AlternateOnly"] = policy, ["LastMethod"] = "Allow" },
            ["Guardrails"] = JsonNode.Parse("""{ "MaxUpdates": "none", "MaxDeletes": "none", "MaxLastPhone": "none" }"""),
        }, new JsonObject { ["ReplyWithin"] = "00:01:00" });
        served.Shell.UsesExecutable = true;
        for (int i = 0; i < Ways.Length; i++)
        {
            Kim kim = new(i);
            string answer = await Ways[i].AskAsync(served, kim);
            Assert.That($"{answer}, {Phones(served, kim)}", Is.EqualTo(policy == "Refuse" ? Ways[i].Refuse : Ways[i].Promote), Ways[i].Says);
        }
    }

    [Test]
    public void The_page_has_every_way_in()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "design.md"));
        foreach (Way way in Ways) Assert.That(page, Does.Contain(way.OfPage()));
    }

    private static string Phones(Served served, Kim kim)
    {
        SandboxUser user = served.Sandbox.Tenant.User(kim.Name);
        return (user.Mobile, user.AlternateMobile, user.Office) switch
        {
            var (mobile, alternate, office) when mobile == kim.Mobile && alternate == kim.Alternate && office == kim.Office => "unchanged",
            var (mobile, alternate, office) when mobile == kim.Alternate && alternate is null && office == kim.Office => "the alternate's number is the mobile",
            (null, null, var office) when office == kim.Office => "both are gone",
            (null, null, null) => "all are gone",
            var other => $"{other}",
        };
    }

    private static SeedUser Seed(Kim kim) => new()
    {
        UserPrincipalName = kim.Name, Phones = new SeedPhones { Mobile = kim.Mobile, AlternateMobile = kim.Alternate, Office = kim.Office },
    };

    private static string System(Kim kim) => $"/openidm/system/contoso/user/{kim.Name}";

    private static string Rest(Kim kim) => $"\"{kim.Alternate}:alternateMobile\",\"{kim.Office}:office\"";

    private static Task<string> ApplyAsync(Served served, Kim kim, string csv)
    {
        served.Shell.Write($"way{kim.Number}.csv", csv);
        return CommandAsync(served, "apply", $"@way{kim.Number}.csv", "--yes");
    }

    private static async Task<string> CommandAsync(Served served, params string[] words)
    {
        Answer answer = await served.Shell.RunAsync([.. words, "--format", "json"]);
        string? error = answer.Document.GetProperty("users").EnumerateArray().SelectMany(u => u.GetProperty("diagnostics").EnumerateArray())
            .Where(d => Lines.Text(d, "severity") == "error").Select(d => Lines.Text(d, "code")).FirstOrDefault();
        return $"exit {answer.Exit} {error}".TrimEnd();
    }

    private static async Task<string> HttpAsync(Served served, string method, string path, string? body = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (method == "PUT") request.Headers.TryAddWithoutValidation("If-Match", "*");
        using HttpResponseMessage response = await served.Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode) return $"{(int)response.StatusCode}";
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        JsonElement from = problem.TryGetProperty("detail", out JsonElement detail) && detail.ValueKind == JsonValueKind.Object ? detail : problem;
        return $"{(int)response.StatusCode} {Lines.Text(from, "code")}";
    }
}
