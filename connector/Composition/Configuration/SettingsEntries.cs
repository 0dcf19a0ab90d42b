using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>One name of a section or list of names.</summary>
/// <param name="Name">As written.</param>
/// <param name="Note">The text beside it; empty in a list.</param>
/// <param name="Key">Full key, for messages.</param>
/// <param name="Place">File or environment variable.</param>
internal sealed record SettingsEntry(string Name, string Note, string Key, string Place);

/// <summary>
/// Reads names that are written as a section (name and note) or as a list. Each layer is read by itself and all of them add up: by
/// the rule of .NET configuration the first name of a later list would take the place of the first name of an earlier one.
/// </summary>
internal sealed class SettingsEntries(SettingsLayers layers, SettingShapeCheck shapes, ConfigurationErrors problem)
{
    /// <summary>What may stand before a colon in a name.</summary>
    private static readonly ImmutableArray<string> Prefixes = ["employeeId", "mail", "group"];

    /// <param name="key">Full key.</param>
    /// <param name="example">How it is written, for the message.</param>
    public ImmutableArray<SettingsEntry> Read(string key, string example)
    {
        shapes.Is(key, $"a section or a list, such as {example}", orNull: false, [SettingShape.Section, SettingShape.List]);
        return [.. layers.Layers.SelectMany(layer => From(layer, key))];
    }

    private IEnumerable<SettingsEntry> From(SettingsLayer layer, string key)
    {
        bool isList = layer.Shapes(key).Any(static shape => shape is SettingShape.List or SettingShape.Numbered);
        foreach (string name in layer.Children(key))
        {
            string full = $"{key}:{name}";
            if (isList)
            {
                if (Fits(layer, full, blank: false)) yield return new SettingsEntry(layer.Value(full) ?? string.Empty, string.Empty, full, layer.Place(full));
                continue;
            }

            foreach (string leaf in Leaves(layer, name, full))
            {
                if (Fits(layer, leaf, blank: true)) yield return new SettingsEntry(leaf[(key.Length + 1)..],
                    layer.Value(leaf) ?? string.Empty, leaf, layer.Place(leaf));
            }
        }
    }

    /// <summary>A name such as <c>employeeId:1001</c> was taken apart at its colon.</summary>
    private static IEnumerable<string> Leaves(SettingsLayer layer, string name, string full) =>
        Prefixes.Contains(InvisibleCharacters.Trim(name), StringComparer.OrdinalIgnoreCase) && layer.Children(full) is { Count: > 0 } below
        ? below.Select(part => $"{full}:{part}") : [full];

    private bool Fits(SettingsLayer layer, string key, bool blank)
    {
        if (layer.Shapes(key).All(shape => shape == SettingShape.Text || (blank && shape == SettingShape.Blank))) return true;
        string found = string.Join(" and ", layer.Shapes(key).Select(static shape => shape.Words()));
        problem.Add(SettingShapeCheck.Code,
            $"{key}: it must be a text; it is {found}. The names in it must not contain a colon, except after employeeId, mail and group.",
            layer.Place(key), key);
        return false;
    }
}
