using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>
/// Reads one section strictly: every key asked for is a right name, every other key is an error with the nearest right name,
/// every value of the wrong shape and every value that does not fit is an error, in whichever layer it is written. Errors are
/// collected, the reading goes on with the default.
/// </summary>
internal sealed class SettingsSection(SettingsLayers layers, string path, ConfigurationErrors error)
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly IConfiguration _section = path.Length == 0 ? layers.Values : layers.Values.GetSection(path);
    private readonly SettingShapeCheck _shapes = new(layers, error);

    /// <summary>Whether it is written in any layer, other than as <c>null</c>.</summary>
    public bool Exists(string key)
    {
        Ask(key);
        string full = Full(key);
        return layers.Layers.Any(layer => layer.Shapes(full).Any(static shape => shape != SettingShape.Null));
    }

    /// <summary>A text without a default.</summary>
    /// <param name="key">The key.</param>
    /// <param name="orNull">Whether <c>null</c> says the same as leaving it out.</param>
    public string? Text(string key, bool orNull = true)
    {
        Ask(key);
        return _shapes.IsText(Full(key), orNull) ? Value(key) : null;
    }

    /// <summary>A name, an id or an address without a default: invisible characters around it are cut, inside it they are an error.</summary>
    public string? Word(string key) => Visible(key, Text(key));

    public string Text(string key, string standard) => Text(key, orNull: false) ?? standard;

    public T Choice<T>(string key, T standard)
        where T : struct, Enum
    {
        if (Scalar(key) is not { } text) return standard;
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name) return Enum.Parse<T>(name);
        Bad(key, $"'{text}' is not valid. {Suggestion.Hint(text, Enum.GetNames<T>())}");
        return standard;
    }

    public bool Switch(string key, bool standard)
    {
        if (Scalar(key) is not { } text) return standard;
        switch (text.ToUpperInvariant())
        {
            case "ON" or "TRUE" or "YES":
                return true;
            case "OFF" or "FALSE" or "NO":
                return false;
            default:
                Bad(key, $"'{text}' is not valid. Use On or Off.");
                return standard;
        }
    }

    public double Number(string key, double standard)
    {
        if (Scalar(key) is not { } text) return standard;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) return number;
        Bad(key, $"'{text}' is not a number.");
        return standard;
    }

    public int Count(string key, int standard)
    {
        if (Scalar(key) is not { } text) return standard;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return number;
        Bad(key, $"'{text}' is not a whole number of 0 or more.");
        return standard;
    }

    /// <summary>The same, or null for the word <c>none</c>.</summary>
    public int? CountOrNone(string key, int? standard)
    {
        if (Scalar(key) is not { } text) return standard;
        if (text.Trim().Equals("none", StringComparison.OrdinalIgnoreCase)) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return number;
        Bad(key, $"'{text}' is not valid. Use a whole number of 0 or more, or none.");
        return standard;
    }

    public TimeSpan Duration(string key, TimeSpan standard)
    {
        if (Scalar(key) is not { } text) return standard;
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan duration)
            && duration >= TimeSpan.Zero) return duration;
        Bad(key, $"'{text}' is not a duration. Write hours, minutes and seconds as 00:01:10, or days too as 1.00:00:00.");
        return standard;
    }

    public Limit Limit(string key, Limit standard)
    {
        if (Scalar(key) is not { } text) return standard;
        if (Engine.Records.Limit.TryParse(text, out Limit limit)) return limit;
        Bad(key, $"'{text}' is not a limit. Write a count (500), a percentage (2%), both for the lower of them (500|2%), or none.");
        return standard;
    }

    public Uri? Address(string key)
    {
        if (Word(key) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address;
        Bad(key, $"'{text}' is not an address. Write scheme, host and port, such as https://graph.microsoft.com.");
        return null;
    }

    /// <summary>A path, made absolute: relative paths are relative to the file that names them, or to the working folder when no file does.</summary>
    public string? File(string key) => Text(key) is { } text ? Rooted(key, text) : null;

    public string Rooted(string key, string text)
    {
        string? folder = LastWith(key)?.File is { } file ? System.IO.Path.GetDirectoryName(file) : null;
        return System.IO.Path.GetFullPath(text, folder ?? Environment.CurrentDirectory);
    }

    /// <param name="key">The key.</param>
    /// <param name="orNull">Whether <c>null</c> says the same as leaving it out.</param>
    public SettingsSection Section(string key, bool orNull = false)
    {
        Ask(key);
        _shapes.IsSection(Full(key), orNull);
        return new SettingsSection(layers, Full(key), error);
    }

    /// <summary>Sections named by the person who writes the file, such as tenants.</summary>
    public IEnumerable<(string Name, SettingsSection Section)> Named()
    {
        foreach (IConfigurationSection child in _section.GetChildren())
        {
            Ask(child.Key);
            if (IsListed(child.Key)) continue;
            if (InvisibleCharacters.Trim(child.Key).Length == 0) Bad(child.Key, "The name is empty.");
            _shapes.IsSection(Full(child.Key), orNull: false);
            yield return (child.Key, new SettingsSection(layers, Full(child.Key), error));
        }
    }

    /// <summary>The names below this section, which the person who writes the file chose.</summary>
    public ImmutableArray<string> Keys() => [.. _section.GetChildren().Select(static child => child.Key)];

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
    public ImmutableArray<string> Names(string key)
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

    /// <summary>A secret: the value itself (from the environment or a protected file), or <c>…File</c>, a file that holds nothing else.</summary>
    public string? Secret(string key)
    {
        string? file = File(key + "File");
        string? value = Text(key);
        if (file is null) return value;
        if (value is not null) Bad(key, $"Both {key} and {key}File are set; keep one.");
        byte[] content = CredentialFile.Read(file, out string? problem);
        if (problem is null)
        {
            string text = InvisibleCharacters.Trim(DecodeText(content));
            problem = text.Length == 0 ? "is empty"
                : text.AsSpan().ContainsAny('\r', '\n') ? "has more than one line"
                : text.Any(char.IsControl) ? "is not a text file"
                : InvisibleCharacters.FindExceptBlanks(text) is { } found ? $"has {found}"
                : null;
            if (problem is null) return text;
        }

        Bad(key + "File",
            $"The file '{file}' {problem}. It must contain only {key}, in one line, and the account that runs this program must be able to read it.");
        return null;
    }

    /// <summary>Reports a secret that stands in a configuration file.</summary>
    public void NoSecretInFile(string key, bool hasFileForm = true) => new ClearSecretCheck(layers, error).Check(Full(key), hasFileForm);

    /// <summary>The same of a connection string with a password in it.</summary>
    public void NoPasswordInFile(string key) => new ClearSecretCheck(layers, error).CheckConnectionString(Full(key));

    private static string DecodeText(byte[] content)
    {
        // A byte order mark decides; editors and PowerShell write several.
        using StreamReader reader = new(new MemoryStream(content), System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>Whether a file that this section names for a secret cannot be used.</summary>
    public bool HasBadFile => error.Found.Any(f => f.Place?.Column is { } key
        && key.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase) && key.EndsWith("File", StringComparison.OrdinalIgnoreCase));

    public void Bad(string key, string message) => error.Add("badSetting", $"{Full(key)}: {message}", Place(key), Full(key));

    public void Bad(SettingsEntry entry, string message) => error.Add("badSetting", $"{entry.Key}: {message}", entry.Place, entry.Key);

    /// <summary>Reports every key that was not asked for.</summary>
    public void NoOthers()
    {
        foreach (IConfigurationSection child in _section.GetChildren())
        {
            if (_asked.Contains(child.Key) || IsListed(child.Key)) continue;
            error.Add("unknownSetting", $"{Full(child.Key)}: there is no such setting. {Suggestion.Hint(child.Key, _asked.Order(StringComparer.Ordinal))}",
                Place(child.Key), Full(child.Key));
        }
    }

    private void Ask(string key)
    {
        _asked.Add(key);
        error.Ask(Full(key));
    }

    private string Full(string key) => path.Length == 0 ? key : $"{path}:{key}";

    private string? Value(string key) => _section[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The text of a value with a default: a word, a number, or true and false.</summary>
    private string? Scalar(string key)
    {
        Ask(key);
        return _shapes.IsScalar(Full(key)) ? Visible(key, Value(key)) : null;
    }

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

    /// <summary>Whether a name is only the position in a list that stands where this section belongs, which was reported as a whole.</summary>
    private bool IsListed(string name) =>
        layers.Layers.All(layer => !layer.Has(Full(name))
        || (layer.Shapes(path).Contains(SettingShape.List) && !layer.Shapes(path).Contains(SettingShape.Section)));

    private SettingsLayer? LastWith(string key) => layers.Layers.LastOrDefault(layer => layer.Has(Full(key)));

    private string? Place(string key) => LastWith(key)?.Place(Full(key));
}
