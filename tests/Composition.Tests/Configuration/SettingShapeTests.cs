using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>Settings of the wrong shape are errors with file and key, for every key of the schema.</summary>
[NonParallelizable]
public sealed class SettingShapeTests
{
    private const string Everything = DefinedSettings.Everything;

    /// <summary>Each with the types of a JSON schema that it is of; <c>blank</c> is of none.</summary>
    private static readonly (string Json, string Type)[] Written =
    [
        ("\"x\"", "string"), ("\"\"", "blank"), ("\" \\t\"", "blank"), ("5", "number"), ("true", "boolean"), ("null", "null"),
        ("[]", "array"), ("[\"x\"]", "array"), ("{}", "object"), ("{ \"x\": \"y\" }", "object"), ("{ \"0\": \"y\" }", "object"),
    ];

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("provision-shapes-").FullName;

    [TearDown]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Keys))]
    public void A_setting_of_the_wrong_shape_is_an_error_with_file_and_key(string key, string[] types)
    {
        foreach ((string json, string type) in Written)
        {
            Diagnostic[] found = [.. Errors(With(key, json)).Where(d => d.Place?.Column == key)];

            if (Accepts(types, type))
            {
                Assert.That(found.Select(d => d.Code), Does.Not.Contain(SettingShapeCheck.Code), $"{key}: {json}");
                continue;
            }

            Assert.That(found, Is.Not.Empty, $"{key}: {json} is ignored");
            Assert.That(found.Select(d => d.Place?.Source), Has.All.EqualTo(Settings), $"{key}: {json}");
            Assert.That(found.Select(d => d.Message), Has.All.StartsWith(key + ": "));
        }
    }

    [TestCase("Protected", "bg@contoso.com")]
    [TestCase("Protected", "")]
    [TestCase("Policy", "WhenEmpty")]
    [TestCase("Guardrails", "none")]
    [TestCase("Quota", "5")]
    [TestCase("RequireApproval", "")]
    [TestCase("RequireApproval__0", "Always")]
    [TestCase("Credential", "secret")]
    public void A_variable_of_the_wrong_shape_is_an_error_that_names_the_variable(string below, string value)
    {
        string variable = $"PROVISION_Tenants__NAME__{below}";
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            Diagnostic[] found = [.. Errors(Everything)];

            string key = $"Tenants:NAME:{below.Split("__")[0]}";
            Assert.That(found.Select(d => (d.Code, d.Place?.Column)), Does.Contain((SettingShapeCheck.Code, key)));
            Assert.That(found.Select(d => d.Place?.Source), Has.Some.Contains($"PROVISION_{key.Replace(":", "__", StringComparison.Ordinal)}"));
            Assert.That(string.Join(' ', found.Select(d => d.Message)), Does.Not.Contain("secret"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Test]
    public void A_section_written_twice_does_not_hide_that_it_is_also_a_text()
    {
        string twice = Everything.Replace("\"Kind\": \"Graph\"", """ "Policy": { "Overwrite": "WhenEmpty" }, "Policy": "WhenEmpty", "Kind": "Graph" """,
            StringComparison.Ordinal);

        Assert.That(Errors(twice).Select(d => d.Place?.Column), Does.Contain("Tenants:NAME:Policy"));
    }

    [Test]
    public void Everything_of_the_wrong_shape_is_reported_at_once()
    {
        string[] wrong = ["Policy", "Guardrails", "Quota", "Protected", "ProtectPrivileged", "Passwords"];
        string all = wrong.Aggregate(Everything, (settings, key) => With($"Tenants:NAME:{key}", "5", settings));

        Assert.That(wrong.Select(key => $"Tenants:NAME:{key}"), Is.SubsetOf(Errors(all).Select(d => d.Place?.Column)));
    }

    [TestCase("""{ "a@x.com": "why", "B@x.com": "" }""", "a@x.com=why,B@x.com=")]
    [TestCase("""["a@x.com", "b@x.com", "A@X.com"]""", "a@x.com=,b@x.com=")]
    [TestCase("""["employeeId:1001", "mail:a@x.com", "11111111-1111-4111-8111-111111111111"]""",
        "11111111-1111-4111-8111-111111111111=,employeeId:1001=,mail:a@x.com=")]
    [TestCase("""{ "employeeId:1001": "chief", "mail:a@x.com": "her" }""", "employeeId:1001=chief,mail:a@x.com=her")]
    [TestCase("[]", "")]
    [TestCase("{}", "")]
    public void Protected_is_a_section_or_a_list(string json, string users) =>
        Assert.That(Protected(With("Tenants:NAME:Protected", json)), Is.EqualTo(users));

    [TestCase("""{ "a@x.com": null }""")]
    [TestCase("""{ "a@x.com": false }""")]
    [TestCase("""{ "a@x.com": { "why": "x" } }""")]
    [TestCase("""{ "a@x.com": ["why"] }""")]
    [TestCase("""{ "": "why" }""")]
    [TestCase("""{ "employeeId:": "why" }""")]
    [TestCase("""{ "http://x": "why" }""")]
    [TestCase("""[null]""")]
    [TestCase("""[""]""")]
    [TestCase("""[5]""")]
    [TestCase("""[["a@x.com"]]""")]
    [TestCase("""[{ "a@x.com": "why" }]""")]
    public void A_protected_user_is_a_text_with_a_reason_that_is_a_text(string json) =>
        Assert.That(Errors(With("Tenants:NAME:Protected", json)).Select(d => d.Place?.Column), Has.Some.StartsWith("Tenants:NAME:Protected"));

    [TestCase("DefaultTenant", "NAME")]
    [TestCase("Tenants:NAME:TenantId", "2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21")]
    [TestCase("Tenants:NAME:RequireApproval", "Always")]
    [TestCase("Tenants:NAME:Guardrails:MaxDeletes", "5")]
    [TestCase("Tenants:NAME:PlanMaxAge", "01:00:00")]
    [TestCase("Tenants:NAME:Endpoint", "http://127.0.0.1:1")]
    public void Invisible_characters_around_a_word_are_cut_and_inside_it_an_error(string key, string word)
    {
        Assert.That(Errors(With(key, $"\"\u200b{word}\u00a0\"")), Is.Empty);
        Assert.That(Errors(With(key, $"\"{word}\u200b{word}\"")).Where(d => d.Place?.Column == key).Select(d => d.Message), Has.Some.Contains("U+200B"));
    }

    [Test]
    public void Protected_users_of_file_and_environment_add_up()
    {
        const string Variable = "PROVISION_Tenants__NAME__Protected__0";
        Environment.SetEnvironmentVariable(Variable, "c@x.com");
        try
        {
            Assert.That(Protected(With("Tenants:NAME:Protected", """["a@x.com", "b@x.com"]""")), Is.EqualTo("a@x.com=,b@x.com=,c@x.com="));
            Assert.That(Protected(With("Tenants:NAME:Protected", """{ "a@x.com": "why" }""")), Is.EqualTo("a@x.com=why,c@x.com="));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    private string Settings => Path.Combine(_folder, "settings.json");

    private static bool Accepts(string[] types, string type) => type switch
    {
        // Words, numbers and switches are also read from text, as the environment writes them.
        "string" => types.Any(t => t is "string" or "number" or "integer" or "boolean"),
        "number" => types.Any(t => t is "number" or "integer"),
        _ => types.Contains(type),
    };

    private string Protected(string settings)
    {
        File.WriteAllText(Settings, settings);
        return string.Join(',', SettingsFile.Read(Settings).Tenants["NAME"].Protected.OrderBy(p => p.Key,
            StringComparer.OrdinalIgnoreCase).Select(p => $"{p.Key}={p.Value}"));
    }

    private ImmutableArray<Diagnostic> Errors(string settings)
    {
        File.WriteAllText(Settings, settings);
        ConfigurationErrors problem = new();
        try
        {
            SettingsFile.Read(Settings, problem);
        }
        catch (SettingsException)
        {
            // What is wrong has been collected.
        }

        return [.. problem.Found];
    }

    private static string With(string key, string json, string settings = Everything)
    {
        JsonObject root = Object(JsonNode.Parse(settings));
        JsonObject at = root;
        string[] parts = key.Split(':');
        foreach (string part in parts[..^1])
        {
            if (at[part] is not JsonObject next) at[part] = next = [];
            at = next;
        }

        at[parts[^1]] = JsonNode.Parse(json);
        return root.ToJsonString();
    }

    private static JsonObject Object(JsonNode? node) => node as JsonObject ?? throw new InvalidDataException("No JSON object.");

    private static List<TestCaseData> Keys()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(SchemaFile()));
        List<TestCaseData> keys = [];
        Walk(schema.RootElement, string.Empty, keys);
        return keys;
    }

    private static void Walk(JsonElement schema, string path, List<TestCaseData> keys)
    {
        if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            foreach (JsonProperty property in properties.EnumerateObject()) Add(property.Value,
                path.Length == 0 ? property.Name : $"{path}:{property.Name}", keys);
        }

        if (schema.TryGetProperty("additionalProperties", out JsonElement others) && others.ValueKind == JsonValueKind.Object
            && others.TryGetProperty("properties", out _)) Add(others, $"{path}:NAME", keys);
    }

    private static void Add(JsonElement schema, string key, List<TestCaseData> keys)
    {
        JsonElement type = schema.GetProperty("type");
        string[] types = [.. (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()) : [type.GetString()]).OfType<string>()];
        keys.Add(new TestCaseData(key, types).SetArgDisplayNames(key, string.Join('|', types)));
        Walk(schema, key, keys);
    }

    private static string SchemaFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? "", "..", "..", "..", "config", "settings.schema.json"));
}
