using System.Collections.Immutable;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>
/// What the reading knows of a setting. It is given where the setting is read; <c>config/settings.schema.json</c> and the tables of
/// docs/configuration.md are made from it.
/// </summary>
/// <param name="Key">Full key; a name that the person who writes the file chooses is as it stands there.</param>
/// <param name="Type">What may be written.</param>
/// <param name="Meaning">What it does, in Markdown.</param>
internal sealed record SettingDefinition(string Key, SettingType Type, string Meaning)
{
    /// <summary>Whether <c>null</c> says the same as leaving it out.</summary>
    public bool OrNull { get; init; }

    /// <summary>What counts when it is left out, as it is written in a file; null: nothing.</summary>
    public object? Default { get; init; }

    /// <summary>The default in words, where no value says it; Markdown.</summary>
    public string? DefaultWords { get; init; }

    /// <summary>The words that may be written; empty: any text.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>Limits of a number or a duration.</summary>
    public SettingRange? Range { get; init; }
}
