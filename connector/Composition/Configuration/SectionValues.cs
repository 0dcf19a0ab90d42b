using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>
/// What is written in one section, as text: every key asked for is a right name, every other key is an error with the nearest right
/// name, and so is every value of the wrong shape, in whichever layer it is written.
/// </summary>
internal sealed class SectionValues(SettingsLayers layers, string path, ConfigurationErrors error)
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly IConfiguration _section = path.Length == 0 ? layers.Values : layers.Values.GetSection(path);
    private readonly SettingShapeCheck _shapes = new(layers, error);

    /// <summary>Names in this section, right or wrong.</summary>
    public IEnumerable<string> Names => _section.GetChildren().Select(static child => child.Key);

    public string Full(string key) => path.Length == 0 ? key : $"{path}:{key}";

    public void Ask(string key) => _asked.Add(key);

    /// <summary>Whether it is written in any layer, other than as <c>null</c>.</summary>
    public bool Exists(string key)
    {
        Ask(key);
        string full = Full(key);
        return layers.Layers.Any(layer => layer.Shapes(full).Any(static shape => shape != SettingShape.Null));
    }

    public bool IsSection(string key, bool orNull)
    {
        Ask(key);
        return _shapes.IsSection(Full(key), orNull);
    }

    /// <summary>A text; invisible characters stay.</summary>
    public string? Text(string key, bool orNull)
    {
        Ask(key);
        return _shapes.IsText(Full(key), orNull) ? Value(key) : null;
    }

    /// <summary>A name, an id or an address: invisible characters around it are cut, inside it they are an error.</summary>
    public string? Word(string key) => Visible(key, Text(key, orNull: true));

    /// <summary>The text of a value with a default: a word, a number, or true and false.</summary>
    public string? Scalar(string key)
    {
        Ask(key);
        return _shapes.IsScalar(Full(key)) ? Visible(key, Value(key)) : null;
    }

    /// <summary>A path, made absolute: relative paths are relative to the file that names them, or to the working folder when no file does.</summary>
    public string? File(string key) => Text(key, orNull: true) is { } text ? Rooted(key, text) : null;

    public string Rooted(string key, string text)
    {
        string? folder = LastWith(key)?.File is { } file ? System.IO.Path.GetDirectoryName(file) : null;
        return System.IO.Path.GetFullPath(text, folder ?? Environment.CurrentDirectory);
    }

    /// <summary>A section of free names with a text each; the text may be empty. A name with a
    /// colon would fall apart into sections, so it is an error.</summary>
    public IEnumerable<(string Name, string Value)> Texts(string key)
    {
        Ask(key);
        if (!_shapes.IsSection(Full(key), orNull: false)) yield break;
        foreach (IConfigurationSection child in _section.GetSection(key).GetChildren())
        {
            string name = $"{key}:{child.Key}";
            if (child.GetChildren().Any()) Bad(name, "The value must be a text, and its name must not contain a colon.");
            else if (_shapes.IsText(Full(name), orNull: false, orBlank: true)) yield return (child.Key, child.Value ?? string.Empty);
        }
    }

    /// <summary>Texts, from a list or from one text with semicolons (or commas) between them.</summary>
    public ImmutableArray<string> List(string key)
    {
        Ask(key);
        string full = Full(key);
        if (!_shapes.IsListOrText(full)) return [];
        // A later list replaces an earlier text, and the other way round.
        if (LastWith(key) is { } last && !last.Shapes(full).Contains(SettingShape.Text)) return Elements(key);
        return Value(key) is { } text ? [.. text.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [];
    }

    /// <summary>Texts, from a list only: they may hold semicolons and commas.</summary>
    public ImmutableArray<string> ListOnly(string key)
    {
        Ask(key);
        return _shapes.IsList(Full(key)) ? Elements(key) : [];
    }

    /// <summary>Texts with a note each, from a section (the names are the texts) or from a list (no notes). All layers add up.</summary>
    public ImmutableArray<SettingsEntry> Entries(string key, string example)
    {
        Ask(key);
        return new SettingsEntries(layers, _shapes, error).Read(Full(key), example);
    }

    /// <summary>Whether a name is only the position in a list that stands where this section belongs, which was reported as a whole.</summary>
    public bool IsListed(string name) =>
        layers.Layers.All(layer => !layer.Has(Full(name))
        || (layer.Shapes(path).Contains(SettingShape.List) && !layer.Shapes(path).Contains(SettingShape.Section)));

    /// <summary>Whether a file that this section names for a secret cannot be used.</summary>
    public bool HasBadFile => error.Found.Any(f => f.Place?.Column is { } key
        && key.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase) && key.EndsWith("File", StringComparison.OrdinalIgnoreCase));

    public void Bad(string key, string message) => error.Add("badSetting", $"{Full(key)}: {message}", Place(key), Full(key));

    /// <summary>Reports every key that was not asked for.</summary>
    public void NoOthers()
    {
        foreach (string name in Names)
        {
            if (_asked.Contains(name) || IsListed(name)) continue;
            error.Add("unknownSetting", $"{Full(name)}: there is no such setting. {Suggestion.Hint(name, _asked.Order(StringComparer.Ordinal))}",
                Place(name), Full(name));
        }
    }

    private string? Value(string key) => _section[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private string? Visible(string key, string? text)
    {
        if (text is null || InvisibleCharacters.Find(text) is not { } character) return text is null ? null : InvisibleCharacters.Trim(text);
        Bad(key, $"the value has {character}. Type it again.");
        return null;
    }

    private ImmutableArray<string> Elements(string key)
    {
        ImmutableArray<string>.Builder texts = ImmutableArray.CreateBuilder<string>();
        foreach (IConfigurationSection child in _section.GetSection(key).GetChildren())
        {
            if (_shapes.IsText(Full($"{key}:{child.Key}"), orNull: false) && child.Value is { } text) texts.Add(InvisibleCharacters.Trim(text));
        }

        return texts.ToImmutable();
    }

    private SettingsLayer? LastWith(string key) => layers.Layers.LastOrDefault(layer => layer.Has(Full(key)));

    private string? Place(string key) => LastWith(key)?.Place(Full(key));
}
