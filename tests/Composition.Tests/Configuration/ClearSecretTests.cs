using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>Secrets stand in the environment, in key files or in files of their own (docs/configuration.md#secrets).</summary>
[NonParallelizable]
public sealed class ClearSecretTests
{
    private const string Id = "2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21";
    private const string KeyFolder = "KEY_PER_FILE_DIRECTORY";
    private const string Real = $$""" "Tenants": { "contoso": { "TenantId": "{{Id}}", "Credential": { "Kind": "Default" } } }""";
    private const string Secret = "PROVISION_Tenants__contoso__Credential__Secret";

    private readonly string _folder = Directory.CreateTempSubdirectory("settings-").FullName;

    [TearDown]
    public void Clean()
    {
        foreach (string name in new[] { KeyFolder, Secret, "ASPNETCORE_URLS" }) Environment.SetEnvironmentVariable(name, null);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestCase("Tenants:contoso:Credential:Secret", """ "Credential": { "Kind": "ClientSecret", "ClientId": "c", "Secret": "clear" } """)]
    [TestCase("Tenants:contoso:Credential:Password", """ "Credential": { "Kind": "Certificate", "ClientId": "c", "Path": "x.pfx", "Password": "clear" } """)]
    [TestCase("Tenants:contoso:WriteCredential:Secret",
        """ "Credential": { "Kind": "Default" }, "WriteCredential": { "Kind": "ClientSecret", "ClientId": "c", "Secret": "clear" } """)]
    public void A_secret_of_a_tenant_is_refused_in_a_file(string key, string settings) =>
        Assert.That(Wrong($$"""{ "Tenants": { "contoso": { "TenantId": "{{Id}}", {{settings}} } } }"""), Is.EqualTo(new[] { ("secretInFile", key) }));

    [TestCase("Store:ConnectionString", """ "Store": { "Provider": "PostgreSql", "ConnectionString": "Host=db;Password=clear" } """)]
    [TestCase("Store:ConnectionString", """ "Store": { "Provider": "PostgreSql", "ConnectionString": "Host=db;pwd=clear" } """)]
    [TestCase("Sources:hr:ConnectionString", """
        "Sources": { "hr": { "Kind": "Sql", "Provider": "PostgreSql", "Query": "SELECT 1", "ConnectionString": "Host=db;Username=u;Password='cl;ear'" } }
        """)]
    [TestCase("Store:KeyEncryption:Secret", """ "Store": { "KeyEncryption": { "Kind": "Secret", "Secret": "0123456789abcdef0123456789abcdef" } } """)]
    [TestCase("Facade:Certificate:Password", """ "Facade": { "Certificate": { "Path": "x.pfx", "Password": "clear" } } """)]
    [TestCase("Facade:Telemetry:Headers", """ "Facade": { "Telemetry": { "Endpoint": "https://otel.contoso.com", "Headers": "api-key=clear" } } """)]
    [TestCase("Facade:LoopbackAccounts:admin", """ "Facade": { "LoopbackAccounts": { "admin": "clear" } } """)]
    public void Every_other_secret_is_refused_too_unless_all_tenants_are_on_this_machine(string key, string settings)
    {
        Assert.That(Wrong($"{{ {Real}, {settings} }}"), Does.Contain(("secretInFile", key)));
        Assert.That(Wrong($$"""{ {{settings}} }""").Select(e => e.Code), Has.None.EqualTo("secretInFile"), "the built-in sandbox");
    }

    [Test]
    public void The_message_says_where_the_secret_belongs_and_does_not_repeat_it()
    {
        string message = Errors($$"""
            { "Tenants": { "contoso": { "TenantId": "{{Id}}", "Credential": { "Kind": "ClientSecret", "ClientId": "c", "Secret": "clear-Text" } } } }
            """).Single().Message;

        Assert.That(message, Does.Contain(Secret).And.Contain("SecretFile").And.Not.Contain("clear-Text"));
    }

    [Test]
    public void A_static_token_for_a_server_on_this_machine_may_stand_in_a_file() =>
        Assert.That(Wrong($$"""
            { "Tenants": { "contoso": { "TenantId": "{{Id}}", "Endpoint": "http://127.0.0.1:1", "Credential": { "Kind": "StaticToken", "Token": "x" } } } }
            """), Is.Empty);

    [Test]
    public void A_secret_comes_from_the_environment()
    {
        Environment.SetEnvironmentVariable(Secret, "from-environment");

        Assert.That(Read(NoSecret()).Tenants["contoso"].Credential?.Secret, Is.EqualTo("from-environment"));
    }

    [Test]
    public void Key_files_are_named_as_variables_and_the_environment_wins_over_them()
    {
        string keys = Directory.CreateDirectory(Path.Combine(_folder, "keys")).FullName;
        File.WriteAllText(Path.Combine(keys, Secret), "from-key-file\n");
        File.WriteAllText(Path.Combine(keys, "SOMEBODY_ELSES"), "not ours");
        Environment.SetEnvironmentVariable(KeyFolder, keys);

        Assert.That(Read(NoSecret()).Tenants["contoso"].Credential?.Secret, Is.EqualTo("from-key-file"));
        Environment.SetEnvironmentVariable(Secret, "from-environment");
        Assert.That(Read(NoSecret()).Tenants["contoso"].Credential?.Secret, Is.EqualTo("from-environment"));
    }

    [Test]
    public void A_key_file_that_names_no_setting_is_an_error_with_its_path()
    {
        string keys = Directory.CreateDirectory(Path.Combine(_folder, "odd")).FullName;
        File.WriteAllText(Path.Combine(keys, "PROVISION_Facade__Urlz"), "http://127.0.0.1:1");
        Environment.SetEnvironmentVariable(KeyFolder, keys);

        Diagnostic error = Errors("{}").Single();

        Assert.That((error.Code, error.Place?.Source), Is.EqualTo(("unknownSetting", Path.Combine(keys, "PROVISION_Facade__Urlz"))));
    }

    [Test]
    public void A_folder_of_key_files_that_is_not_there_is_an_error()
    {
        Environment.SetEnvironmentVariable(KeyFolder, Path.Combine(_folder, "nowhere"));

        Assert.That(() => Read("{}"), Throws.InstanceOf<SettingsException>().With.Message.Contains("nowhere"));
    }

    [TestCase("contoso.onmicrosoft.com")]
    [TestCase("2f1b7a4e6d0c4e6b9a530d1c8c1f7e21")]
    [TestCase("{2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21}")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    public void A_tenant_id_is_a_GUID(string id)
    {
        Assert.That(Wrong($$"""{ "Tenants": { "contoso": { "TenantId": "{{id}}", "Credential": { "Kind": "Default" } } } }"""),
            Is.EqualTo(new[] { ("badSetting", "Tenants:contoso:TenantId") }));
        Assert.That(Wrong($$"""{ "Tenants": { "contoso": { "TenantId": "{{Id}}", "Credential": { "Kind": "Default", "TenantId": "{{id}}" } } } }"""),
            Is.EqualTo(new[] { ("badSetting", "Tenants:contoso:Credential:TenantId") }));
    }

    [Test]
    public void The_host_s_addresses_count_below_the_setting()
    {
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", "http://127.0.0.1:5001; http://[::1]:5001");

        Assert.That(Read("{}").Facade.Urls, Is.EqualTo(new[] { "http://127.0.0.1:5001", "http://[::1]:5001" }));
        Assert.That(Read("""{ "Facade": { "Urls": "http://127.0.0.1:7000" } }""").Facade.Urls, Is.EqualTo(new[] { "http://127.0.0.1:7000" }));
    }

    private static string NoSecret() =>
        $$"""{ "Tenants": { "contoso": { "TenantId": "{{Id}}", "Credential": { "Kind": "ClientSecret", "ClientId": "c" } } } }""";

    private (string Code, string? Key)[] Wrong(string settings) => [.. Errors(settings).Select(error => (error.Code, error.Place?.Column))];

    private IReadOnlyList<Diagnostic> Errors(string settings)
    {
        ConfigurationErrors problem = new();
        try
        {
            SettingsFile.Read(Written(settings), problem);
        }
        catch (SettingsException)
        {
            // What is wrong is in the collection.
        }

        return problem.Found;
    }

    private ConnectorSettings Read(string settings) => SettingsFile.Read(Written(settings));

    private string Written(string settings)
    {
        string file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, settings);
        return file;
    }
}
