using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>
/// Reads one section strictly (<see cref="SectionValues"/>). A value that does not fit is an error too; errors are collected, the reading
/// goes on with the default. A setting is <see cref="SettingDefinition">defined</see> where it is read: name, default, range and meaning.
/// </summary>
internal sealed class SettingsSection(SettingsLayers layers, string path, ConfigurationErrors error)
{
    private readonly SectionValues _values = new(layers, path, error);

    /// <summary>Whether a file that this section names for a secret cannot be used.</summary>
    public bool HasBadFile => _values.HasBadFile;

    /// <summary>Whether it is written in any layer, other than as <c>null</c>.</summary>
    public bool Exists(string key) => _values.Exists(key);

    /// <summary>A text without a default.</summary>
    /// <param name="key">The key.</param>
    /// <param name="meaning">What it does.</param>
    /// <param name="orNull">Whether <c>null</c> says the same as leaving it out.</param>
    /// <param name="defaultWords">What counts without it, where that is more than nothing.</param>
    public string? Text(string key, string meaning, bool orNull = true, string? defaultWords = null)
    {
        Define(new(_values.Full(key), SettingType.Text, meaning) { OrNull = orNull, DefaultWords = defaultWords });
        return _values.Text(key, orNull);
    }

    /// <summary>The same with a default.</summary>
    public string TextOr(string key, string standard, string meaning)
    {
        Define(new(_values.Full(key), SettingType.Text, meaning) { Default = standard.Length == 0 ? null : standard });
        return _values.Text(key, orNull: false) ?? standard;
    }

    /// <summary>A name, an id or an address without a default: invisible characters around it are cut, inside it they are an error.</summary>
    public string? Word(string key, string meaning, string? defaultWords = null)
    {
        Define(new(_values.Full(key), SettingType.Text, meaning) { OrNull = true, DefaultWords = defaultWords });
        return _values.Word(key);
    }

    /// <summary>One of some words.</summary>
    /// <param name="key">The key.</param>
    /// <param name="standard">What counts when it is left out.</param>
    /// <param name="meaning">What it does.</param>
    /// <param name="isNeeded">Whether it must not be left out, so that there is no default to speak of.</param>
    public T Choice<T>(string key, T standard, string meaning, bool isNeeded = false)
        where T : struct, Enum
    {
        Define(new(_values.Full(key), SettingType.Choice, meaning) { Default = isNeeded ? null : standard.ToString(), Values = [.. Enum.GetNames<T>()] });
        return Chosen(_values, key, standard);
    }

    public bool Switch(string key, bool standard, string meaning)
    {
        Define(new(_values.Full(key), SettingType.Switch, meaning) { Default = standard ? "On" : "Off" });
        return Switched(key) ?? standard;
    }

    /// <summary>The same without a default; null: not set.</summary>
    public bool? SwitchOrNone(string key, string meaning)
    {
        Define(new(_values.Full(key), SettingType.Switch, meaning));
        return Switched(key);
    }

    public double Number(string key, double standard, string meaning, SettingRange range)
    {
        Define(new(_values.Full(key), SettingType.Number, meaning) { Default = standard, Range = range });
        if (_values.Scalar(key) is not { } text) return standard;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            Bad(key, $"'{text}' is not a number.");
        else if (!range.Holds(number)) Bad(key, $"It is {text}; it must be {range.Words()}.");
        else return number;
        return standard;
    }

    /// <summary>A whole number.</summary>
    public int Count(string key, int standard, string meaning, SettingRange range)
    {
        Define(new(_values.Full(key), SettingType.Count, meaning) { Default = standard, Range = range });
        return Counted(key, range) ?? standard;
    }

    /// <summary>The same without a default; null: not set.</summary>
    public int? CountIfSet(string key, string meaning, SettingRange range)
    {
        Define(new(_values.Full(key), SettingType.Count, meaning) { Range = range });
        return Counted(key, range);
    }

    /// <summary>A whole number, or null for the word <c>none</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="standard">What counts when it is left out.</param>
    /// <param name="meaning">What it does.</param>
    /// <param name="range">Limits of the number.</param>
    /// <param name="defaultWords">The default in words, where no number says it.</param>
    public int? CountOrNone(string key, int? standard, string meaning, SettingRange range, string? defaultWords = null)
    {
        Define(new(_values.Full(key), SettingType.CountOrNone, meaning)
        {
            Default = defaultWords is null ? standard : null, DefaultWords = defaultWords, Range = range,
        });
        if (_values.Scalar(key) is not { } text) return standard;
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase)) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && range.Holds(number)) return number;
        Bad(key, $"'{text}' is not valid. Use a whole number, {range.Words()}, or none.");
        return standard;
    }

    /// <param name="key">The key.</param>
    /// <param name="standard">What counts when it is left out.</param>
    /// <param name="meaning">What it does.</param>
    /// <param name="range">Limits; null: not negative.</param>
    public TimeSpan Duration(string key, TimeSpan standard, string meaning, SettingRange? range = null)
    {
        Define(new(_values.Full(key), SettingType.Duration, meaning) { Default = standard.ToString("c", CultureInfo.InvariantCulture), Range = range });
        if (_values.Scalar(key) is not { } text) return standard;
        if (!text.Contains(':', StringComparison.Ordinal) || !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan duration)
            || duration < TimeSpan.Zero)
            Bad(key, $"'{text}' is not a duration. Write hours, minutes and seconds as 00:01:10, or days too as 1.00:00:00.");
        else if (range?.Holds(duration.TotalSeconds) == false) Bad(key, $"It is {duration}; it must be {range.DurationWords()}.");
        else return duration;
        return standard;
    }

    public Limit Limit(string key, Limit standard, string meaning)
    {
        Define(new(_values.Full(key), SettingType.Limit, meaning) { Default = standard.ToString() });
        if (_values.Scalar(key) is not { } text) return standard;
        if (Engine.Records.Limit.TryParse(text, out Limit limit)) return limit;
        Bad(key, $"'{text}' is not a limit. Write a count (500), a percentage (2%), both for the lower of them (500|2%), or none.");
        return standard;
    }

    public DateOnly Date(string key, DateOnly standard, string meaning) => DateIfSet(key, meaning, standard) ?? standard;

    /// <summary>The same without a default; null: not set.</summary>
    public DateOnly? DateIfSet(string key, string meaning, DateOnly? standard = null)
    {
        Define(new(_values.Full(key), SettingType.Date, meaning) { OrNull = true, Default = standard?.ToString("O", CultureInfo.InvariantCulture) });
        if (_values.Word(key) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)) return date;
        Bad(key, $"'{text}' is not a date. Write it as 2027-02-01.");
        return null;
    }

    public Uri? Address(string key, string meaning, string? defaultWords = null)
    {
        Define(new(_values.Full(key), SettingType.Address, meaning) { OrNull = true, DefaultWords = defaultWords });
        if (_values.Word(key) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address;
        Bad(key, $"'{text}' is not an address. Write scheme, host and port, such as https://graph.microsoft.com.");
        return null;
    }

    /// <summary>A path, made absolute: relative paths are relative to the file that names them, or to the working folder when no file does.</summary>
    public string? File(string key, string meaning, string? defaultWords = null)
    {
        Define(new(_values.Full(key), SettingType.File, meaning) { OrNull = true, DefaultWords = defaultWords });
        return _values.File(key);
    }

    public string Rooted(string key, string text) => _values.Rooted(key, text);

    /// <param name="key">The key.</param>
    /// <param name="meaning">What it is about.</param>
    /// <param name="orNull">Whether <c>null</c> says the same as leaving it out.</param>
    public SettingsSection Section(string key, string meaning, bool orNull = false)
    {
        Define(new(_values.Full(key), SettingType.Section, meaning) { OrNull = orNull });
        _values.IsSection(key, orNull);
        return Below(key);
    }

    /// <summary>A section, to look once more at what is read elsewhere.</summary>
    public SettingsSection Below(string key) => new(layers, _values.Full(key), error);

    /// <summary>Sections named by the person who writes the file, such as tenants.</summary>
    public IEnumerable<(string Name, SettingsSection Section)> Named(string key, string meaning)
    {
        Define(new(_values.Full(key), SettingType.Sections, meaning));
        _values.IsSection(key, orNull: false);
        SectionValues all = new(layers, _values.Full(key), error);
        foreach (string name in all.Names.Where(name => !all.IsListed(name)))
        {
            if (InvisibleCharacters.Trim(name).Length == 0) all.Bad(name, "The name is empty.");
            Define(new(all.Full(name), SettingType.Section, meaning));
            all.IsSection(name, orNull: false);
            yield return (name, new SettingsSection(layers, all.Full(name), error));
        }
    }

    /// <summary>Free names with one of some words each.</summary>
    public ImmutableDictionary<string, T> Choices<T>(string key, T standard, string meaning, string defaultWords)
        where T : struct, Enum
    {
        Define(new(_values.Full(key), SettingType.Choices, meaning) { DefaultWords = defaultWords, Values = [.. Enum.GetNames<T>()] });
        _values.IsSection(key, orNull: false);
        SectionValues all = new(layers, _values.Full(key), error);
        return all.Names.ToImmutableDictionary(static name => name, name => Chosen(all, name, standard), StringComparer.Ordinal);
    }

    /// <summary>A section of free names with a text each; the text may be empty. A name with a
    /// colon would fall apart into sections, so it is an error.</summary>
    public IEnumerable<(string Name, string Value)> Texts(string key, string meaning)
    {
        Define(new(_values.Full(key), SettingType.Texts, meaning));
        return _values.Texts(key);
    }

    /// <summary>Texts, from a list or from one text with semicolons (or commas) between them.</summary>
    public ImmutableArray<string> List(string key, string meaning, string? defaultWords = null)
    {
        Define(new(_values.Full(key), SettingType.List, meaning) { DefaultWords = defaultWords });
        return _values.List(key);
    }

    /// <summary>Texts, from a list only: they may hold semicolons and commas.</summary>
    public ImmutableArray<string> Names(string key, string meaning)
    {
        Define(new(_values.Full(key), SettingType.Names, meaning));
        return _values.ListOnly(key);
    }

    /// <summary>Texts with a note each, from a section (the names are the texts) or from a list (no notes). All layers add up.</summary>
    public ImmutableArray<SettingsEntry> Entries(string key, string example, string meaning)
    {
        Define(new(_values.Full(key), SettingType.Entries, meaning));
        return _values.Entries(key, example);
    }

    /// <summary>A secret: the value itself (from the environment or a protected file), or <c>…File</c>, a file that holds nothing else.</summary>
    public string? Secret(string key, string meaning)
    {
        string fileKey = key + "File";
        Define(new(_values.Full(key), SettingType.Secret, meaning) { OrNull = true });
        string? file = File(fileKey, $"a file that holds `{key}` in one line and nothing else");
        string? value = _values.Text(key, orNull: true);
        if (file is null) return value;
        if (value is not null) Bad(key, $"Both {key} and {fileKey} are set; keep one.");
        string text = SecretFile.Read(file, out string? problem);
        if (problem is null) return text;
        Bad(fileKey, $"The file '{file}' {problem}. It must contain only {key}, in one line, and the account that runs this program must be able to read it.");
        return null;
    }

    /// <summary>Reports a secret that stands in a configuration file.</summary>
    public void NoSecretInFile(string key, bool hasFileForm = true) => new ClearSecretCheck(layers, error).Check(_values.Full(key), hasFileForm);

    /// <summary>The same of a connection string with a password in it.</summary>
    public void NoPasswordInFile(string key) => new ClearSecretCheck(layers, error).CheckConnectionString(_values.Full(key));

    public void Bad(string key, string message) => _values.Bad(key, message);

    public void Bad(SettingsEntry entry, string message) => error.Add("badSetting", $"{entry.Key}: {message}", entry.Place, entry.Key);

    /// <summary>Reports every key that was not asked for.</summary>
    public void NoOthers() => _values.NoOthers();

    private static T Chosen<T>(SectionValues values, string key, T standard)
        where T : struct, Enum
    {
        if (values.Scalar(key) is not { } text) return standard;
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name) return Enum.Parse<T>(name);
        values.Bad(key, $"'{text}' is not valid. {Suggestion.Hint(text, Enum.GetNames<T>())}");
        return standard;
    }

    private bool? Switched(string key)
    {
        if (_values.Scalar(key) is not { } text) return null;
        switch (text.ToUpperInvariant())
        {
            case "ON" or "TRUE" or "YES":
                return true;
            case "OFF" or "FALSE" or "NO":
                return false;
            default:
                Bad(key, $"'{text}' is not valid. Use On or Off.");
                return null;
        }
    }

    private int? Counted(string key, SettingRange range)
    {
        if (_values.Scalar(key) is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) Bad(key, $"'{text}' is not a whole number of 0 or more.");
        else if (!range.Holds(number)) Bad(key, $"It is {text}; it must be {range.Words()}.");
        else return number;
        return null;
    }

    private void Define(SettingDefinition setting) => error.Define(setting);
}
