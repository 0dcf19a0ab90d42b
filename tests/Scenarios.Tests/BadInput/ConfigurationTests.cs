using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.BadInput;

/// <summary>Configurations that cannot be used: everything that is wrong is reported at once, nothing is done.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConfigurationTests
{
    private const string Good = """
        "Kind": "Graph", "TenantId": "5a17b0c5-0000-4000-8000-c0ffee5a17b0", "Endpoint": "http://127.0.0.1:9",
        "Credential": { "Kind": "StaticToken", "Token": "t" }
        """;

    [Test]
    public async Task Everything_that_is_wrong_is_reported_at_once_with_the_nearest_right_name()
    {
        Answer answer = await WithTenantAsync("""
            "Kind": "Graph", "TenantId": "5a17b0c5-0000-4000-8000-c0ffee5a17b0", "Endpoint": "http://127.0.0.1:9",
            "Credential": { "Kind": "StaticToken", "Token": "t" },
            "Quotas": {}, "Policy": { "Overwrite": "Sometimes", "AddPhones": "Always" }, "Guardrails": { "MaxDeletes": "lots", "SharedNumber": 0 },
            "DefaultCountry": "USA", "PlanMaxAge": "24", "ProtectPrivileged": "perhaps", "Cloud": "Mars", "Quota": { "WriteBudget": 7 }
            """);

        Assert.That(answer.Exit, Is.EqualTo(1), $"{answer}");
        Assert.That(answer.Text("code"), Is.EqualTo("configuration"));
        foreach (string reported in (string[])["Quotas", "'Quota'", "Overwrite", "'AddPhone'", "MaxDeletes",
            "SharedNumber", "DefaultCountry", "PlanMaxAge", "ProtectPrivileged", "Cloud", "WriteBudget", "settings.json"])
        {
            Assert.That(answer.Text("message"), Does.Contain(reported));
        }
    }

    [TestCase("\"Credential\": { \"Kind\": \"StaticToken\", \"Token\": \"t\" }, \"Endpoint\": null", "loopback")]
    [TestCase("\"Endpoint\": \"http://localhost:9\"", "loopback")]
    [TestCase("\"Endpoint\": \"http://graph.example.com\"", "http")]
    [TestCase("\"Endpoint\": \"https://graph.example.com\"", "StaticToken")]
    [TestCase("\"Endpoint\": \"http://127.0.0.1:9/v1.0\"", "version")]
    [TestCase("\"Endpoint\": \"ftp://127.0.0.1\"", "https://")]
    [TestCase("\"Endpoint\": \"127.0.0.1:9\"", "address")]
    [TestCase("\"Credential\": { \"Kind\": \"StaticToken\" }", "Token")]
    [TestCase("\"Credential\": { \"Kind\": \"Certificate\", \"ClientId\": \"c\" }", "Path")]
    [TestCase("\"Credential\": { \"Kind\": \"ClientSecret\", \"ClientId\": \"c\" }", "Secret")]
    [TestCase("\"Credential\": { \"Kind\": \"ClientSecret\", \"Secret\": \"s\" }", "ClientId")]
    [TestCase("\"Credential\": { \"Kind\": \"ClientSecret\", \"ClientId\": \"c\", \"SecretFile\": \"nowhere.txt\" }", "nowhere.txt")]
    [TestCase("\"Credential\": { \"Kind\": \"Kerberos\" }", "Kind")]
    [TestCase("\"Credential\": { \"Token\": \"t\" }", "kind of credential")]
    [TestCase("\"Credential\": null", "Credential")]
    [TestCase("\"TenantId\": null", "TenantId")]
    [TestCase("\"Seed\": \"x.json\"", "Seed")]
    [TestCase("\"RequireApproval\": \"Sometimes\"", "RequireApproval")]
    [TestCase("\"Protected\": { \"http://x\": \"chief\" }", "colon")]
    [TestCase("\"Protected\": \"bg@contoso.com\"", "Tenants:contoso:Protected")]
    [TestCase("\"Protected\": null", "Tenants:contoso:Protected")]
    [TestCase("\"Policy\": \"WhenEmpty\"", "Tenants:contoso:Policy")]
    [TestCase("\"Policy\": []", "Tenants:contoso:Policy")]
    [TestCase("\"Guardrails\": \"none\"", "Tenants:contoso:Guardrails")]
    [TestCase("\"Quota\": 5", "Tenants:contoso:Quota")]
    [TestCase("\"RequireApproval\": \"\"", "Tenants:contoso:RequireApproval")]
    [TestCase("\"ProtectPrivileged\": null", "Tenants:contoso:ProtectPrivileged")]
    [TestCase("\"RequestTimeout\": \"00:00:00\"", "RequestTimeout")]
    public async Task A_wrong_tenant_is_reported(string wrong, string reported)
    {
        Answer answer = await WithTenantAsync($"{Good}, {wrong}");

        Assert.That(answer.Exit, Is.EqualTo(1), $"{answer}");
        Assert.That(answer.Text("code"), Is.EqualTo("configuration"), $"{answer}");
        Assert.That(answer.Text("message"), Does.Contain(reported));
    }

    [Test]
    public async Task A_missing_certificate_file_is_reported_with_its_path()
    {
        Answer answer = await WithTenantAsync("""
            "Kind": "Graph", "TenantId": "5a17b0c5-0000-4000-8000-c0ffee5a17b0", "ClientId": "c", "Credential": { "Kind": "Certificate", "Path": "nowhere.pfx" }
            """);

        Assert.That(answer.Exit, Is.EqualTo(1), $"{answer}");
        Assert.That(answer.Text("message") + answer.Text("advice"), Does.Contain("nowhere.pfx").And.Contain("certificate").IgnoreCase);
    }

    [Test]
    public async Task A_write_credential_that_cannot_be_used_leaves_the_plan_to_be_applied_later()
    {
        await using Stage stage = await Crew.StageAsync(1);
        await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json");
        string good = File.ReadAllText(stage.Shell.ConfigFile);
        JsonObject settings = JsonNode.Parse(good)!.AsObject();
        settings["Tenants"]!["contoso"]!["WriteCredential"] = new JsonObject { ["Kind"] = "Certificate", ["ClientId"] = "c", ["Path"] = "nowhere.pfx" };
        stage.Shell.Configure(settings);

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--format", "json");
        Answer refused = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");
        Answer doctor = await stage.RunAsync("doctor");
        File.WriteAllText(stage.Shell.ConfigFile, good);
        Answer applied = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");

        Assert.That((plan.Exit, refused.Exit, doctor.Exit, applied.Exit), Is.EqualTo((0, 1, 1, 0)), $"{refused}{applied}");
        Assert.That(refused.Text("message"), Does.Contain("nowhere.pfx"));
        Assert.That((await stage.RunAsync("runs", "--format", "json")).Document.GetProperty("runs").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_missing_certificate_is_one_line_and_what_needs_a_token_is_skipped()
    {
        using Shell shell = new();
        shell.Configure("http://127.0.0.1:9", "99999999-0000-4000-8000-000000000000", new JsonObject
        {
            ["ClientId"] = "99999999-0000-4000-8000-000000000001", ["Endpoint"] = null,
            ["Credential"] = new JsonObject { ["Kind"] = "Certificate", ["Path"] = "nowhere.pfx" },
        });

        Answer doctor = await shell.RunAsync("doctor");

        Assert.That(doctor.Exit, Is.EqualTo(1));
        string[] lines = doctor.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] named = [.. lines.Where(static line => line.Contains("nowhere.pfx", StringComparison.Ordinal))];
        Assert.That(named, Has.Length.EqualTo(1).And.All.StartWith("error "));
        Assert.That(lines.Count(static line => line.StartsWith("skipped ", StringComparison.Ordinal) && line.EndsWith(" no token", StringComparison.Ordinal)),
            Is.EqualTo(4), $"{doctor}");
    }

    [Test]
    public async Task An_error_that_an_earlier_check_had_is_not_repeated()
    {
        using Shell shell = new();
        shell.Configure("http://127.0.0.1:9", "99999999-0000-4000-8000-000000000000");

        Answer doctor = await shell.RunAsync("doctor");

        Assert.That(doctor.Output.Split("No connection to").Length, Is.EqualTo(2), $"{doctor}");
        Assert.That(doctor.Output, Does.Contain("The same as 'users'."));
    }

    [Test]
    public async Task Broken_JSON_is_named_with_line_and_column()
    {
        using Shell shell = new();
        shell.Write("settings.json", "{ \"DefaultTenant\": \"c\",\n  \"Tenants\": { \"c\": { \"Kind\": \"Graph\"  \"TenantId\": 1 } } }");

        Answer answer = await shell.RunAsync("runs", "--format", "json");

        Assert.That(answer.Text("message"), Does.Contain("line 2, column 40").And.Not.Contain("LineNumber"));
    }

    [Test]
    public async Task A_token_of_another_tenant_stops_everything()
    {
        await using Stage stage = await Crew.StageAsync(1);
        string Part(string json) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        string token = $"{Part("""{"alg":"none"}""")}.{Part("""{"tid":"99999999-0000-4000-8000-000000000000"}""")}.x";
        JsonObject settings = JsonNode.Parse(File.ReadAllText(stage.Shell.ConfigFile))!.AsObject();
        settings["Tenants"]!["contoso"]!["Credential"]!["Token"] = token;
        stage.Shell.Configure(settings);

        Answer answer = await stage.RunAsync("plan", "@people.csv", "--format", "json");

        Assert.That(answer.Exit, Is.EqualTo(1), $"{answer}");
        Assert.That(answer.All, Does.Contain("99999999").And.Not.Contain(token));
        Assert.That(stage.Sandbox.Journal.Total, Is.Zero);
    }

    [Test]
    public async Task A_closed_port_is_an_error_of_the_whole_command()
    {
        using Shell shell = new();
        shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550100\n");
        shell.Configure("http://127.0.0.1:9", "5a17b0c5-0000-4000-8000-c0ffee5a17b0");

        Answer answer = await shell.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That(answer.Exit, Is.EqualTo(1), $"{answer}");
        Assert.That(answer.Text("message"), Does.Contain("127.0.0.1"));
    }

    [TestCase("{", "configuration")]
    [TestCase("""{ "Tenant": {} }""", "'Tenants'")]
    [TestCase("""{ "DefaultTenant": "contoos", "Tenants": { "contoso": { "Kind": "Sandbox" } } }""", "'contoso'")]
    [TestCase("""{ "Sources": { "hr": { "Kind": "File" } } }""", "Path")]
    [TestCase("""{ "Sources": { "hr": { "Kind": "Sql" } } }""", "Query")]
    [TestCase("""{ "Store": { "Provider": "Oracle" } }""", "Oracle")]
    [TestCase("""{ "Logging": { "Form": "Xml" } }""", "Xml")]
    public async Task A_wrong_file_is_reported(string content, string reported)
    {
        using Shell shell = new();
        shell.Write("settings.json", content);

        Answer answer = await shell.RunAsync("runs", "--format", "json");

        Assert.That((answer.Exit, answer.Text("code")), Is.EqualTo((1, "configuration")), $"{answer}");
        Assert.That(answer.Text("message") + answer.Text("code"), Does.Contain(reported));
    }

    [TestCase("missing.json")]
    [TestCase("")]
    public async Task A_missing_file_is_reported(string name)
    {
        using Shell shell = new();

        Answer answer = await shell.RunAsync("runs", "--format", "json", "--config", name.Length == 0 ? "" : shell.At(name));

        Assert.That((answer.Exit, answer.Text("code")), Is.EqualTo((1, "configuration")), $"{answer}");
    }

    [Test]
    public async Task A_sandbox_with_a_wrong_seed_says_what_is_wrong()
    {
        using Shell shell = new();
        shell.Configure(new JsonObject
        {
            ["DefaultTenant"] = "r",
            ["Tenants"] = new JsonObject { ["r"] = new JsonObject { ["Kind"] = "Sandbox", ["Seed"] = "seed.json" } }
        });
        Answer missing = await shell.RunAsync("doctor", "--format", "json");
        shell.Write("seed.json", """{ "users": [ { "userPrincipalNam": "x" } ] }""");

        Answer wrong = await shell.RunAsync("doctor", "--format", "json");

        Assert.That((missing.Exit, wrong.Exit), Is.EqualTo((1, 1)));
        Assert.That(missing.Text("message"), Does.Contain("seed.json"));
        Assert.That(wrong.Text("code"), Is.EqualTo("sandboxSeed"));
    }

    private static async Task<Answer> WithTenantAsync(string tenant)
    {
        using Shell shell = new();
        shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550100\n");
        Dictionary<string, string> last = [];
        using System.Text.Json.JsonDocument parsed = System.Text.Json.JsonDocument.Parse("{" + tenant + "}");
        foreach (JsonProperty property in parsed.RootElement.EnumerateObject()) last[property.Name] = property.Value.GetRawText();
        string merged = string.Join(',', last.Select(p => $"\"{p.Key}\":{p.Value}"));
        shell.Write("settings.json",
            "{\"DefaultTenant\":\"contoso\",\"Store\":{\"ConnectionString\":\"Data Source=store.db\"},\"Tenants\":{\"contoso\":{" + merged + "}}}");
        return await shell.RunAsync("plan", "@people.csv", "--format", "json");
    }
}
