using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration.Json;
using ProvisioningConnector.Engine.Guardrails;

namespace ProvisioningConnector.Host.Configuration;

/// <summary>
/// Reads one section strictly: every key asked for is a right name, every other key is an error with the nearest right name,
/// every value that does not fit is an error. Errors are collected, the reading goes on with the default.
/// </summary>
internal sealed class SettingsSection(IConfigurationRoot root, string path, SettingsTrouble trouble)
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly IConfiguration _section = path.Length == 0 ? root : root.GetSection(path);

    public string Path => path;

    public bool Exists(string key)
    {
        Ask(key);
        IConfigurationSection section = _section.GetSection(key);
        return section.Value is { Length: > 0 } || section.GetChildren().Any();
    }

    public string? Text(string key)
    {
        Ask(key);
        string? value = _section[key];
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    public string Text(string key, string standard) => Text(key) ?? standard;

    public T Choice<T>(string key, T standard)
        where T : struct, Enum
    {
        if (Text(key) is not { } text) return standard;
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name) return Enum.Parse<T>(name);
        Bad(key, $"'{text}' is none of the possible values. {ClosestName.Hint(text, Enum.GetNames<T>())}");
        return standard;
    }

    public bool Switch(string key, bool standard)
    {
        if (Text(key) is not { } text) return standard;
        switch (text.ToUpperInvariant())
        {
            case "ON" or "TRUE" or "YES":
                return true;
            case "OFF" or "FALSE" or "NO":
                return false;
            default:
                Bad(key, $"'{text}' is neither On nor Off (nor true or false).");
                return standard;
        }
    }

    public double Number(string key, double standard)
    {
        if (Text(key) is not { } text) return standard;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) return number;
        Bad(key, $"'{text}' is not a number.");
        return standard;
    }

    public int Count(string key, int standard)
    {
        if (Text(key) is not { } text) return standard;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return number;
        Bad(key, $"'{text}' is not a whole number of 0 or more.");
        return standard;
    }

    /// <summary>The same, or null for the word <c>none</c>.</summary>
    public int? CountOrNone(string key, int? standard)
    {
        if (Text(key) is not { } text) return standard;
        if (text.Trim().Equals("none", StringComparison.OrdinalIgnoreCase)) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return number;
        Bad(key, $"'{text}' is neither a whole number of 0 or more nor none.");
        return standard;
    }

    public TimeSpan Duration(string key, TimeSpan standard)
    {
        if (Text(key) is not { } text) return standard;
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan duration) && duration >= TimeSpan.Zero) return duration;
        Bad(key, $"'{text}' is not a duration. Write hours, minutes and seconds as 00:01:10, or days too as 1.00:00:00.");
        return standard;
    }

    public Limit Limit(string key, Limit standard)
    {
        if (Text(key) is not { } text) return standard;
        if (Engine.Guardrails.Limit.TryParse(text, out Limit limit)) return limit;
        Bad(key, $"'{text}' is not a limit. Write a count (500), a percentage (2%), both for the lower of them (500|2%), or none.");
        return standard;
    }

    public Uri? Address(string key)
    {
        if (Text(key) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address;
        Bad(key, $"'{text}' is not an address. Write scheme, host and port, such as https://graph.microsoft.com.");
        return null;
    }

    /// <summary>A path, made absolute: relative paths are relative to the file that names them, or to the working folder when no file does.</summary>
    public string? File(string key) => Text(key) is { } text ? Rooted(key, text) : null;

    public string Rooted(string key, string text)
    {
        string? folder = FileOf(key) is { } file ? System.IO.Path.GetDirectoryName(file) : null;
        return System.IO.Path.GetFullPath(text, folder ?? Environment.CurrentDirectory);
    }

    public SettingsSection Section(string key)
    {
        Ask(key);
        return new SettingsSection(root, Full(key), trouble);
    }

    /// <summary>Sections named by the person who writes the file, such as tenants.</summary>
    public IEnumerable<(string Name, SettingsSection Section)> Named()
    {
        foreach (IConfigurationSection child in _section.GetChildren())
        {
            Ask(child.Key);
            yield return (child.Key, new SettingsSection(root, Full(child.Key), trouble));
        }
    }

    /// <summary>Free names with a text each. A name with a colon would fall apart into sections, so it is told as an error.</summary>
    public IEnumerable<(string Name, string Value)> Texts(string key)
    {
        Ask(key);
        foreach (IConfigurationSection child in _section.GetSection(key).GetChildren())
        {
            if (child.GetChildren().Any()) Bad($"{key}:{child.Key}", "Here belongs a text, and its name must hold no colon (users are named by principal name or object id).");
            else yield return (child.Key, child.Value ?? string.Empty);
        }
    }

    /// <summary>Texts: a JSON array, or one text with semicolons (or commas) between them.</summary>
    public ImmutableArray<string> List(string key)
    {
        if (Text(key) is { } text) return [.. text.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        return [.. Texts(key).Select(t => t.Value.Trim()).Where(t => t.Length > 0)];
    }

    /// <summary>A secret: the value itself (from the environment or a protected file), or <c>…File</c>, a file that holds nothing else.</summary>
    public string? Secret(string key)
    {
        string? path = File(key + "File");
        string? value = Text(key);
        if (path is null) return value;
        if (value is not null) Bad(key, $"Both {key} and {key}File are set; keep one.");
        try
        {
            return System.IO.File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Bad(key + "File", $"The file '{path}' cannot be read: {exception.Message}");
            return null;
        }
    }

    public void Bad(string key, string message) => trouble.Add("badSetting", $"{Full(key)}: {message}", FileOf(key), Full(key));

    /// <summary>Tells every key that nobody asked for.</summary>
    public void NoOthers()
    {
        foreach (IConfigurationSection child in _section.GetChildren())
        {
            if (_asked.Contains(child.Key)) continue;
            trouble.Add("unknownSetting", $"{Full(child.Key)}: there is no such setting. {ClosestName.Hint(child.Key, _asked.Order(StringComparer.Ordinal))}", FileOf(child.Key), Full(child.Key));
        }
    }

    private void Ask(string key)
    {
        _asked.Add(key);
        trouble.Ask(Full(key));
    }

    private string Full(string key) => path.Length == 0 ? key : $"{path}:{key}";

    /// <summary>The file that a key comes from; null when it comes from the environment or nowhere.</summary>
    private string? FileOf(string key)
    {
        string full = Full(key);
        foreach (IConfigurationProvider provider in root.Providers.Reverse())
        {
            bool has = provider.TryGet(full, out _) || provider.GetChildKeys([], full).Any();
            if (!has) continue;
            return provider is JsonConfigurationProvider { Source: { Path: { } name, FileProvider: { } files } } ? files.GetFileInfo(name).PhysicalPath : null;
        }

        return null;
    }
}
