using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>One place with settings (a file, a folder of key files, the environment): which keys it holds, and in which shape each was written.</summary>
internal sealed class SettingsLayer
{
    private readonly IConfigurationProvider _values;
    private readonly Dictionary<string, List<SettingShape>> _shapes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _children = new(StringComparer.OrdinalIgnoreCase);

    private readonly Func<string, string> _place;

    private SettingsLayer(IConfigurationProvider values, string? file, bool mayHoldSecrets, Func<string, string> place) =>
        (_values, File, MayHoldSecrets, _place) = (values, file, mayHoldSecrets, place);

    /// <summary>Absolute path; null for the environment and for key files.</summary>
    public string? File { get; }

    /// <summary>Whether secrets may be written here. Configuration files are copied, compared and checked in; the others are not.</summary>
    public bool MayHoldSecrets { get; }

    /// <param name="values">What .NET configuration read.</param>
    /// <param name="file">Absolute path.</param>
    /// <param name="root">The file as it was written.</param>
    /// <param name="mayHoldSecrets">Whether it is the user's own file of secrets.</param>
    public static SettingsLayer OfFile(IConfigurationProvider values, string file, JsonElement root, bool mayHoldSecrets = false)
    {
        SettingsLayer layer = new(values, file, mayHoldSecrets, _ => file);
        layer.Walk(string.Empty, root);
        return layer;
    }

    /// <param name="values">What .NET configuration read.</param>
    /// <param name="folder">Holds one file per setting, named as the environment variable.</param>
    public static SettingsLayer OfKeyFiles(IConfigurationProvider values, string folder)
    {
        SettingsLayer layer = new(values, null, mayHoldSecrets: true, key => System.IO.Path.Combine(folder, Variable(key)));
        layer.Walk(null, string.Empty);
        return layer;
    }

    public static SettingsLayer OfEnvironment(IConfigurationProvider values)
    {
        SettingsLayer layer = new(values, null, mayHoldSecrets: true, key => $"environment variable {Variable(key)}");
        layer.Walk(null, string.Empty);
        return layer;
    }

    /// <summary>The environment variable of a setting.</summary>
    public static string Variable(string key) => $"{SettingsFile.EnvironmentPrefix}{key.Replace(":", "__", StringComparison.Ordinal)}";

    /// <summary>Whether the key, or anything below it, is written here.</summary>
    public bool Has(string key) => _shapes.ContainsKey(key);

    /// <summary>How the key is written here: in no way, or in several (JSON takes a name twice).</summary>
    public IReadOnlyList<SettingShape> Shapes(string key) => _shapes.GetValueOrDefault(key) ?? [];

    /// <summary>Names directly below a key, in the order in which they were written.</summary>
    public IReadOnlyList<string> Children(string key) => _children.GetValueOrDefault(key) ?? [];

    public string? Value(string key) => _values.TryGet(key, out string? value) ? value : null;

    /// <summary>Where a person finds the key: the file, or the environment variable.</summary>
    public string Place(string key) => _place(key);

    private void Walk(string key, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Add(key, SettingShape.Section);
                foreach (JsonProperty property in value.EnumerateObject()) Walk(Under(key, property.Name), property.Value);
                break;
            case JsonValueKind.Array:
                Add(key, SettingShape.List);
                foreach ((int index, JsonElement element) in value.EnumerateArray()
                    .Index()) Walk(Under(key, index.ToString(CultureInfo.InvariantCulture)), element);
                break;
            case JsonValueKind.String:
                Add(key, OfText(value.GetString()));
                break;
            case JsonValueKind.Number:
                Add(key, SettingShape.Number);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Add(key, SettingShape.Boolean);
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                Add(key, SettingShape.Null);
                break;
        }
    }

    /// <summary>Variables: every value is a text, and what has something below it is a section or a list.</summary>
    private void Walk(string? parent, string key)
    {
        if (parent is not null && _values.TryGet(key, out string? value)) Add(key, OfText(value));
        string[] names = [.. _values.GetChildKeys([], key.Length == 0 ? null : key).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (names.Length > 0) Add(key, names.All(static name => name.Length > 0 && name.All(char.IsAsciiDigit)) ? SettingShape.Numbered : SettingShape.Section);
        foreach (string name in names) Walk(key, Under(key, name));
    }

    private void Add(string key, SettingShape shape)
    {
        if (!_shapes.TryGetValue(key, out List<SettingShape>? shapes)) _shapes[key] = shapes = [];
        if (!shapes.Contains(shape)) shapes.Add(shape);
        if (key.Length == 0) return;
        int colon = key.LastIndexOf(':');
        string parent = colon < 0 ? string.Empty : key[..colon];
        if (!_children.TryGetValue(parent, out List<string>? names)) _children[parent] = names = [];
        if (!names.Contains(key[(colon + 1)..], StringComparer.OrdinalIgnoreCase)) names.Add(key[(colon + 1)..]);
        // A JSON name with a colon in it stands for a section with something below it.
        if (!_shapes.ContainsKey(parent)) Add(parent, SettingShape.Section);
    }

    private static SettingShape OfText(string? text) => InvisibleCharacters.Trim(text ?? string.Empty).Length == 0 ? SettingShape.Blank : SettingShape.Text;

    private static string Under(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";
}
