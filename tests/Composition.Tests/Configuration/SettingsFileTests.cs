using Microsoft.Extensions.Logging;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Composition.Tests.Configuration;

[NonParallelizable]
public sealed class SettingsFileTests
{
    private const string Variable = "PROVISION_Tenants__contoso__TenantId";
    private const string Account = "PROVISION_Facade__LoopbackAccounts__admin";
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("provision-settings-").FullName;

    [TearDown]
    public void Clean()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Environment.SetEnvironmentVariable(Account, null);
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Without_a_tenant_the_built_in_sandbox_stands_in()
    {
        ConnectorSettings settings = Read("{}");

        Assert.That((settings.IsBuiltIn, settings.DefaultTenant, settings.Tenants["sandbox"].Kind), Is.EqualTo((true, "sandbox", TenantKind.Sandbox)));
    }

    [Test]
    public void A_default_tenant_that_nothing_describes_is_no_reason_to_use_the_sandbox()
    {
        SettingsException problem = Assert.Throws<SettingsException>(() => Read("""{ "DefaultTenant": "contoso" }"""))!;
        Assert.That(problem.Message, Does.Contain("DefaultTenant").And.Contain("'contoso'"));
    }

    [Test]
    public void The_design_s_example_is_read_with_everything_in_it()
    {
        ConnectorSettings settings = Read("""
            { "DefaultTenant": "contoso",
              "Tenants": {
                "contoso": { "Kind": "Graph", "Cloud": "Global", "TenantId": "ID", "ClientId": "c",
                  "Credential": { "Kind": "Certificate", "Path": "read.pfx" }, "WriteCredential": null,
                  "Endpoint": null, "DefaultCountry": null, "RequestTimeout": "00:01:10",
                  "Quota": { "ReadsPerSecond": 350, "ReadBurst": 3500, "WritesPerSecond": 20, "WriteBurst": 3000, "Start": 0.5, "WriteBudget": 0.85,
                    "MaxInFlight": 64 },
                  "Policy": { }, "Protected": { "breakglass@contoso.com": "why" }, "ProtectPrivileged": "On",
                  "Guardrails": { "MaxDeletes": "500|2%", "MaxUpdates": "10%", "MaxAdds": "none", "MaxLastPhone": "50|1%", "SharedNumber": 3,
                    "ReadErrors": "1%", "MinPopulation": 20,
                    "SourceShrink": "10%", "SourceOlder": "On", "PerDay": 1, "PerWeek": 3, "OnBreach": "Stop" },
                  "RequireApproval": "Never", "PlanMaxAge": "1.00:00:00", "UndoMaxAge": "3.00:00:00", "LeaseDuration": "00:02:00",
                  "FullSweepAfter": "7.00:00:00" },
                "rehearsal": { "Kind": "Sandbox", "Seed": "sandbox/contoso.json" } },
              "Sources": { "hr": { "Kind": "Sql", "Provider": "PostgreSql", "ConnectionString": "Host=db;Database=hr", "Query": "y" },
                           "leavers": { "Kind": "File", "Path": "leavers.csv", "Input": "csv", "Delta": true, "IgnoreColumns": [] } },
              "Store": { "Provider": "Sqlite", "ConnectionString": "Data Source=provision.db", "KeyFile": null },
              "Facade": { "Urls": "http://127.0.0.1:8080", "LoopbackAccounts": { }, "PhoneSpelling": "Ping", "ReplyWithin": "00:00:10",
                "Mappings": { "hrToEntra": { "Source": "hr", "Tenant": "contoso" } } } }
            """);

        TenantSettings tenant = settings.Tenants["contoso"];
        Assert.That(tenant.Policy, Is.EqualTo(PlanningPolicy.Default));
        Assert.That(tenant.Protected["BREAKGLASS@contoso.com"], Is.EqualTo("why"));
        Assert.That(tenant.Credential?.Path, Is.EqualTo(Path.Combine(_folder, "read.pfx")), "relative to the file that names it");
        Assert.That(settings.Tenants["rehearsal"].Seed, Is.EqualTo(Path.Combine(_folder, "sandbox", "contoso.json")));
        Assert.That(settings.Store.ConnectionString, Is.EqualTo($"Data Source={Path.Combine(_folder, "provision.db")}"));
        Assert.That(settings.Sources["leavers"].Delta, Is.True);
    }

    [TestCase("none", null)]
    [TestCase("7", 7)]
    public void Shared_numbers_may_have_no_limit(string text, int? limit) =>
        Assert.That(Read("""{ "DefaultTenant": "c", "Tenants": { "c": { "Kind": "Sandbox", "Guardrails": { "SharedNumber":"""
            + $$""" "{{text}}" } } } }""").Tenants["c"].Guardrails.SharedNumber, Is.EqualTo(limit));

    [Test]
    public void A_store_lies_in_SQLite_or_PostgreSQL()
    {
        StoreSettings postgres = Read("""{ "Store": { "Provider": "postgresql", "ConnectionString": "Host=db;Database=provision", "KeyFile": "store.key","""
            + """ "Retention": "30.00:00:00" } }""").Store;
        Assert.That(postgres,
            Is.EqualTo(new StoreSettings(StoreProvider.PostgreSql, "Host=db;Database=provision", Path.Combine(_folder, "store.key"), TimeSpan.FromDays(30))));
        Assert.That(Read("{ }").Store,
            Is.EqualTo(new StoreSettings(StoreProvider.Sqlite, $"Data Source={Path.Combine(Environment.CurrentDirectory, ".provision", "provision.db")}",
                null, TimeSpan.FromDays(90))));
        Assert.That(() => Read("""{ "Store": { "Provider": "PostgreSql" } }"""),
            Throws.InstanceOf<SettingsException>().With.Message.Contains("Store:ConnectionString"));
        Assert.That(() => Read("""{ "Store": { "ConnectionString": "Host=db" } }"""),
            Throws.InstanceOf<SettingsException>().With.Message.Contains("Store:ConnectionString"));
    }

    [TestCase(""" "Kind": "Sandbox" """, "", true)]
    [TestCase(""" "TenantId": "ID", "Endpoint": "http://127.0.0.1:1", "Credential": { "Kind": "StaticToken", "Token": "x" } """, "", true)]
    [TestCase(""" "TenantId": "ID", "ClientId": "ID", "Credential": { "Kind": "Certificate", "Path": "read.pfx" } """, "", false)]
    [TestCase(""" "TenantId": "ID", "ClientId": "ID", "Credential": { "Kind": "Certificate", "Path": "read.pfx" } """,
        """ , "LoopbackAccountsForRealTenants": true """, true)]
    [TestCase(""" "Kind": "Sandbox" """, """ , "LoopbackAccountsForRealTenants": true, "KnownProxies": "127.0.0.1" """, false)]
    public void Loopback_accounts_with_a_tenant_that_is_no_rehearsal_need_a_switch(string tenant, string facade, bool accepted)
    {
        string json = $$"""
            { "DefaultTenant": "one", "Tenants": { "one": { "Kind": "Sandbox" }, "second": { {{tenant}} } },
              "Facade": { "Strict": false {{facade}} } }
            """;
        // In the environment, where passwords may stand with real tenants too.
        Environment.SetEnvironmentVariable(Account, "x");

        if (accepted) Assert.That(Read(json).Facade.LoopbackAccounts, Has.Count.EqualTo(1));
        else Assert.That(() => Read(json), Throws.InstanceOf<SettingsException>().With.Message.Contains("Facade:LoopbackAccounts")
            .And.Message.Contains("provision keys new"));
    }

    [Test]
    public void The_environment_wins_over_the_file()
    {
        Environment.SetEnvironmentVariable(Variable, "5c0a1c2e-3f2b-4d8e-8a51-6f0f5b1d2c3a");

        ConnectorSettings settings = Read("""{ "Tenants": { "contoso": { "TenantId": "ID", "Endpoint": "http://127.0.0.1:1","""
            + """ "Credential": { "Kind": "StaticToken", "Token": "x" } } } }""");

        Assert.That(settings.Tenants["contoso"].Graph.TenantId, Is.EqualTo("5c0a1c2e-3f2b-4d8e-8a51-6f0f5b1d2c3a"));
    }

    [Test]
    public void A_secret_is_read_from_the_file_that_holds_it()
    {
        File.WriteAllText(Path.Combine(_folder, "token.txt"), "secret\n");

        ConnectorSettings settings = Read("""{ "Tenants": { "contoso": { "TenantId": "ID", "Endpoint": "http://127.0.0.1:1","""
            + """ "Credential": { "Kind": "StaticToken", "TokenFile": "token.txt" } } } }""");

        Assert.That(settings.Tenants["contoso"].Credential?.Token, Is.EqualTo("secret"));
    }

    [TestCase("Certificate", "Password", null, "does not exist")]
    [TestCase("ClientSecret", "Secret", null, "does not exist")]
    [TestCase("ClientSecret", "Secret", "", "is empty")]
    [TestCase("ClientSecret", "Secret", " \n", "is empty")]
    [TestCase("ClientSecret", "Secret", "one\ntwo\n", "more than one line")]
    [TestCase("ClientSecret", "Secret", "a\u200bb", "has the invisible character U+200B at position 2")]
    [TestCase("ClientSecret", "Secret", "ab\u00adc", "has the invisible character U+00AD at position 3")]
    [TestCase("ClientSecret", "Secret", "a\ufffdb", "has the replacement character U+FFFD at position 2")]
    [TestCase("ClientSecret", "Secret", "o\0ne", "not a text file")]
    [TestCase("StaticToken", "Token", null, "does not exist")]
    [TestCase("StaticToken", "Token", "", "is empty")]
    public void A_file_of_a_secret_that_cannot_be_used_is_one_error_with_path_reason_and_remedy(string kind, string secret, string? content, string reason)
    {
        string path = Path.Combine(_folder, "secret.txt");
        if (content is not null) File.WriteAllText(path, content);

        IReadOnlyList<Diagnostic> wrong = Errors(
            $$"""{ "Tenants": { "contoso": { "TenantId": "ID", "ClientId": "c", "Endpoint": "http://127.0.0.1:1", "Credential": { "Kind": "{{kind}}","""
            + $$""" "Path": "x.pfx", "{{secret}}File": "secret.txt" } } } }""");

        Assert.That(wrong.Select(d => d.Place?.Column), Is.EqualTo(new[] { $"Tenants:contoso:Credential:{secret}File" }));
        Assert.That(wrong[0].Message, Does.Contain(path).And.Contain(reason).And.Contain("one line"));
    }

    [TestCase("utf-8")]
    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    public void A_secret_is_read_whatever_byte_order_mark_its_file_has(string encoding)
    {
        File.WriteAllText(Path.Combine(_folder, "token.txt"), "secret\r\n", System.Text.Encoding.GetEncoding(encoding));

        ConnectorSettings settings = Read("""{ "Tenants": { "contoso": { "TenantId": "ID", "Endpoint": "http://127.0.0.1:1","""
            + """ "Credential": { "Kind": "StaticToken", "TokenFile": "token.txt" } } } }""");

        Assert.That(settings.Tenants["contoso"].Credential?.Token, Is.EqualTo("secret"));
    }

    [Test]
    public void Nothing_is_forgotten_when_several_things_are_wrong()
    {
        IReadOnlyList<Diagnostic> wrong = Errors(
            """{ "Tenant": { }, "Tenants": { "contoso": { "Kind": "Graf", "Polcy": { } } }, "Store": { "Path": "x" } }""");

        string[] places = [.. wrong.Select(d => $"{d.Place?.Column}")];
        Assert.That((string[])["Tenant", "Tenants:contoso:Kind", "Tenants:contoso:Polcy", "Tenants:contoso:TenantId",
            "Tenants:contoso:Credential", "Store:Path"], Is.SubsetOf(places));
    }

    [TestCase("""{ "Tenant": { } }""", "unknownSetting")]
    [TestCase("""{ "Tenants": { "c": { "Kind": "Graf" } } }""", "badSetting")]
    [TestCase("""{ "Tenants": { "c": { "Kind": "Sandbox", "Policy": [] } } }""", "settingShape")]
    public void What_is_wrong_has_a_code(string settings, string code) => Assert.That(Errors(settings).Select(e => e.Code), Does.Contain(code));

    [Test]
    public void A_file_that_is_missing_or_no_JSON_has_a_code()
    {
        Assert.That(Assert.Throws<SettingsException>(() => SettingsFile.Read(Path.Combine(_folder, "nowhere.json")))?.Diagnostics.Single().Code,
            Is.EqualTo("configMissing"));
        Assert.That(Assert.Throws<SettingsException>(() => Read("[]"))?.Diagnostics.Single().Code, Is.EqualTo("configUnreadable"));
    }

    [Test]
    public void Levels_of_the_log_are_read_by_category()
    {
        ConnectorSettings settings = Read("""{ "Logging": { "Levels": { "ProvisioningConnector.Graph": "Trace", "Microsoft": "Debug" } } }""");

        Assert.That(settings.Logging.Levels["ProvisioningConnector.Graph"], Is.EqualTo(LogLevel.Trace));
        Assert.That(LogLevels.ByCategory(settings.Logging), Is.EquivalentTo(new[]
        {
            ("ProvisioningConnector.Graph", LogLevel.Trace), ("Microsoft", LogLevel.Warning), ("System", LogLevel.Warning), ("Azure", LogLevel.Warning),
        }), "lines of the platform below warnings name users");
        Assert.That(Errors("""{ "Logging": { "Levels": { "ProvisioningConnector": "Loud" } } }""").Single().Message, Does.Contain("'Loud'"));
    }

    private ConnectorSettings Read(string settings) => SettingsFile.Read(Written(settings));

    private IReadOnlyList<Diagnostic> Errors(string settings)
    {
        ConfigurationErrors problem = new();
        Assert.Throws<SettingsException>(() => SettingsFile.Read(Written(settings), problem));
        return problem.Found;
    }

    /// <summary><c>ID</c> stands for a tenant's id.</summary>
    private string Written(string settings)
    {
        string file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, settings.Replace("\"ID\"", "\"2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21\"", StringComparison.Ordinal));
        return file;
    }
}
