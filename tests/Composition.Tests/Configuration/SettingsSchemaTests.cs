using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>The schema in <c>config</c> and the tables of docs/configuration.md are made from the code that reads settings.</summary>
public sealed class SettingsSchemaTests
{
    /// <summary>Set by hand, as docs/contributing.md says: the files are written instead of compared.</summary>
    private static bool Writes => Environment.GetEnvironmentVariable("RECORD_SETTINGS") is not null;

    [Test]
    public void The_schema_is_made_from_what_the_program_reads() =>
        Compare(Path.Combine(ConfigFolder(), "settings.schema.json"), _ => SettingsSchema.Write(DefinedSettings.Read()));

    [Test]
    public void The_tables_of_the_page_are_made_from_what_the_program_reads() =>
        Compare(Path.Combine(ConfigFolder(), "..", "docs", "configuration.md"), page => SettingsPage.Write(page, DefinedSettings.Read()));

    [Test]
    public void Every_setting_is_in_the_schema()
    {
        Assert.That(InSchema(), Is.EquivalentTo(DefinedSettings.Read().Select(s => s.Key)));
    }

    [Test]
    public void Every_range_is_kept_by_the_reading()
    {
        foreach (SettingDefinition setting in DefinedSettings.Read().Where(s => s.Range is not null))
        {
            SettingRange range = setting.Range ?? throw new InvalidOperationException();
            double least = range.IsAbove ? setting.Type == SettingType.Number ? range.Least + 0.001 : range.Least + 1 : range.Least;
            double[] wrong = [range.IsAbove ? range.Least : range.Least - 1, .. range.Most is { } most ? [most + 1] : Array.Empty<double>()];

            double[] right = [least, .. range.Most is { } top ? [top] : Array.Empty<double>()];

            foreach (double value in wrong) Assert.That(Errors(setting, value), Has.Some.StartsWith($"{setting.Key}: "), $"{setting.Key} {value}");
            foreach (double value in right) Assert.That(Errors(setting, value), Has.None.Contains($"must be {Words(setting)}"), $"{setting.Key} {value}");
        }
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

    private static string Words(SettingDefinition setting) =>
        (setting.Type == SettingType.Duration ? setting.Range?.DurationWords() : setting.Range?.Words()) ?? string.Empty;

    private static string[] Errors(SettingDefinition setting, double value)
    {
        JsonObject all = JsonNode.Parse(DefinedSettings.Everything) as JsonObject ?? [];
        string[] names = setting.Key.Split(':');
        JsonObject at = all;
        foreach (string name in names[..^1])
        {
            if (at[name] is not JsonObject below) at[name] = below = [];
            at = below;
        }

        at[names[^1]] = setting.Type == SettingType.Duration
            ? TimeSpan.FromSeconds(value).ToString("c", CultureInfo.InvariantCulture) : JsonValue.Create(value);
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, all.ToJsonString());
            SettingsFile.Read(file);
            return [];
        }
        catch (SettingsException exception)
        {
            return [.. exception.Diagnostics.Select(d => d.Message)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Compare(string file, Func<string, string> make)
    {
        string made = make(File.ReadAllText(file));
        if (Writes) File.WriteAllText(file, made);
        Assert.That(File.ReadAllText(file), Is.EqualTo(made),
            "RECORD_SETTINGS=1 dotnet test tests/Composition.Tests --filter SettingsSchemaTests");
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
