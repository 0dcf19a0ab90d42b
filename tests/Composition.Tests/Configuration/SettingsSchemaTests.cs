using System.Runtime.CompilerServices;
using System.Text.Json;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>The schema in <c>config</c> and the code that reads settings know the same names.</summary>
public sealed class SettingsSchemaTests
{
    private const string Everything = """
        { "DefaultTenant": "NAME", "Tenants": { "NAME": { "Kind": "Graph", "TenantId": "2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21",
          "Endpoint": "http://127.0.0.1:1", "Credential": { "Kind": "StaticToken", "Token": "x" },
          "WriteCredential": { "Kind": "StaticToken", "Token": "x" } } },
          "Sources": { "NAME": { "Kind": "File", "Path": "x.csv" } }, "Approvers": { "NAME": { "Actors": ["x"] } },
          "Facade": { "Mappings": { "NAME": { "Source": "NAME", "Tenant": "NAME" } }, "Certificate": { "Path": "x.pfx" },
            "Jwt": { "Issuer": "i", "Audience": "a", "Keys": "keys.json", "Roles": { "NAME": { "Tenants": "NAME", "Rights": "read" } } } } }
        """;

    [Test]
    public void Every_setting_that_the_program_asks_for_is_in_the_schema_and_no_other()
    {
        Assert.That(Asked(Everything), Is.EquivalentTo(InSchema()));
    }

    [Test]
    public void The_samples_can_be_read_once_they_have_a_tenant_id()
    {
        foreach (string sample in Directory.EnumerateFiles(Path.Combine(ConfigFolder(), "samples"), "*.json"))
        {
            string filled = Path.GetTempFileName();
            string text = File.ReadAllText(sample).Replace(Guid.Empty.ToString(), "2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21", StringComparison.Ordinal);
            File.WriteAllText(filled, text);
            Assert.That(() => SettingsFile.Read(filled), Throws.Nothing, sample);
            File.Delete(filled);
        }
    }

    [Test]
    public void The_sandbox_samples_can_be_used()
    {
        string folder = Path.Combine(ConfigFolder(), "samples", "sandbox");

        SandboxSeed seed = SeedReader.Parse(File.ReadAllBytes(Path.Combine(folder, "tenant.json")));

        Assert.That(seed.Users, Is.Not.Empty);
        Assert.That(() => FaultPlan.Parse(File.ReadAllText(Path.Combine(folder, "faults.json"))), Throws.Nothing);
    }

    [Test]
    public void The_schema_names_the_values_that_the_program_takes()
    {
        using JsonDocument schema = Schema();
        JsonElement tenant = schema.RootElement.GetProperty("properties").GetProperty("Tenants").GetProperty("additionalProperties").GetProperty("properties");

        Assert.That(Values(tenant.GetProperty("Cloud")), Is.EquivalentTo(Enum.GetNames<Graph.Settings.GraphCloud>()));
        Assert.That(Values(tenant.GetProperty("Credential").GetProperty("properties").GetProperty("Kind")),
            Is.EquivalentTo(Enum.GetNames<Graph.Credentials.CredentialKind>()));
        JsonElement policy = tenant.GetProperty("Policy").GetProperty("properties");
        Assert.That(Values(policy.GetProperty("AddPhone")), Is.EquivalentTo(Enum.GetNames<Engine.Planning.AddPhonePolicy>()));
        Assert.That(Values(policy.GetProperty("Overwrite")), Is.EquivalentTo(Enum.GetNames<Engine.Planning.OverwritePolicy>()));
        Assert.That(Values(policy.GetProperty("Drift")), Is.EquivalentTo(Enum.GetNames<Engine.Planning.DriftPolicy>()));
    }

    private static IEnumerable<string> Asked(string settings)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, settings);
            ConfigurationErrors problem = new();
            SettingsFile.Read(file, problem);
            return [.. problem.Asked];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<string> InSchema()
    {
        using JsonDocument schema = Schema();
        List<string> names = [];
        Walk(schema.RootElement, string.Empty, names);
        return names;
    }

    private static void Walk(JsonElement schema, string path, List<string> names)
    {
        if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                string name = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
                names.Add(name);
                Walk(property.Value, name, names);
            }
        }

        // Sections that the person names; free texts have no keys of their own.
        if (!schema.TryGetProperty("additionalProperties", out JsonElement others) || others.ValueKind != JsonValueKind.Object
            || !others.TryGetProperty("properties", out _)) return;
        names.Add($"{path}:NAME");
        Walk(others, $"{path}:NAME", names);
    }

    private static IEnumerable<string?> Values(JsonElement property) =>
        property.GetProperty("enum").EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString());

    private static JsonDocument Schema() => JsonDocument.Parse(File.ReadAllText(Path.Combine(ConfigFolder(), "settings.schema.json")));

    private static string ConfigFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? "", "..", "..", "..", "config"));
}
