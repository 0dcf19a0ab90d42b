using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>Makes <c>config/settings.schema.json</c> of what the program knows.</summary>
internal static partial class SettingsSchema
{
    private const string DurationPattern = """^(\d+\.)?\d{1,2}:\d{2}(:\d{2})?$""";
    private const string DatePattern = """^\d{4}-\d{2}-\d{2}$""";
    private const string NonePattern = "^([1-9][0-9]*|[Nn][Oo][Nn][Ee])$";
    private static readonly JsonSerializerOptions Form = new(JsonSerializerOptions.Default)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IReadOnlyCollection<SettingDefinition> all)
    {
        JsonObject schema = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "Settings of provision", ["type"] = "object",
            ["description"] = "docs/configuration.md has the tables of settings. Unknown keys are errors.",
        };
        AddBelow(schema, all, string.Empty);
        return schema.ToJsonString(Form) + "\n";
    }

    private static JsonObject Node(SettingDefinition setting, IReadOnlyCollection<SettingDefinition> all)
    {
        JsonObject node = Shape(setting);
        if (setting.Type == SettingType.Sections) node["additionalProperties"] = Node(all.Below(setting.Key).Single(), all);
        node["description"] = Plain(setting.Meaning);
        if (setting.Default is { } value) node["default"] = JsonValue.Create(value is IFormattable or bool ? value : $"{value}");
        if (setting.Type == SettingType.Section) AddBelow(node, all, setting.Key);
        return node;
    }

    private static void AddBelow(JsonObject node, IReadOnlyCollection<SettingDefinition> all, string key)
    {
        ImmutableArray<SettingDefinition> below = [.. all.Below(key)];
        JsonArray required = [.. below.Where(s => s.Type == SettingType.Choice && s.Default is null).Select(s => (JsonNode)DefinedSettings.LastName(s.Key))];
        if (required.Count > 0) node["required"] = required;
        node["additionalProperties"] = false;
        node["properties"] = new JsonObject(below.Select(s => KeyValuePair.Create<string, JsonNode?>(DefinedSettings.LastName(s.Key), Node(s, all))));
    }

    private static JsonObject Shape(SettingDefinition setting) => setting.Type switch
    {
        SettingType.Text or SettingType.File or SettingType.Address or SettingType.Secret => OrNull(setting, "string"),
        SettingType.Choice => new() { ["type"] = "string", ["enum"] = Words(setting) },
        SettingType.Switch => new() { ["type"] = Types("string", "boolean"), ["enum"] = new JsonArray("On", "Off", true, false) },
        SettingType.Number => Ranged(setting, new() { ["type"] = "number" }),
        SettingType.Count => Ranged(setting, new() { ["type"] = "integer" }),
        SettingType.CountOrNone => Ranged(setting, new() { ["type"] = Types("integer", "string"), ["pattern"] = NonePattern }),
        SettingType.Limit => new() { ["type"] = Types("string", "integer") },
        SettingType.Duration => new() { ["type"] = "string", ["pattern"] = DurationPattern },
        SettingType.Date => With(OrNull(setting, "string"), "pattern", DatePattern),
        SettingType.List => new() { ["type"] = Types("string", "array"), ["items"] = new JsonObject { ["type"] = "string" } },
        SettingType.Names => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        SettingType.Entries => new()
        {
            ["type"] = Types("object", "array"), ["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            ["additionalProperties"] = new JsonObject { ["type"] = "string" },
        },
        SettingType.Texts => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
        SettingType.Choices => new()
        {
            ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string", ["enum"] = Words(setting) },
        },
        SettingType.Section => OrNull(setting, "object"),
        SettingType.Sections => new() { ["type"] = "object" },
    };

    private static JsonObject Ranged(SettingDefinition setting, JsonObject node)
    {
        if (setting.Range is not { } range) return node;
        node[range.IsAbove ? "exclusiveMinimum" : "minimum"] = range.Least;
        if (range.Most is { } most) node["maximum"] = most;
        return node;
    }

    private static JsonObject OrNull(SettingDefinition setting, string type) => new() { ["type"] = setting.OrNull ? Types(type, "null") : type };

    private static JsonObject With(JsonObject node, string name, string value)
    {
        node[name] = value;
        return node;
    }

    private static JsonArray Types(params string[] types) => [.. types.Select(static type => (JsonNode)type)];

    private static JsonArray Words(SettingDefinition setting) => [.. setting.Values.Select(static word => (JsonNode)word)];

    /// <summary>Markdown as editors show it: a sentence without links and marks.</summary>
    private static string Plain(string text)
    {
        string plain = Link().Replace(LinkOfPage().Replace(text, string.Empty), "$1").Replace("`", string.Empty, StringComparison.Ordinal);
        return char.ToUpperInvariant(plain[0]) + plain[1..];
    }

    [GeneratedRegex(@"[:;] \[[^\]]*\]\(#[^)]*\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LinkOfPage();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
