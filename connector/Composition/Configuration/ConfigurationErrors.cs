using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Collects everything that is wrong with a configuration, so that all of it is reported at once.</summary>
internal sealed class ConfigurationErrors
{
    private readonly List<Diagnostic> _found = [];
    private readonly Dictionary<string, SettingDefinition> _defined = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All settings that were read, in the order of their reading: what the program knows.</summary>
    public IReadOnlyCollection<SettingDefinition> Defined => _defined.Values;

    public void Define(SettingDefinition setting) => _defined.TryAdd(setting.Key, setting);

    public IReadOnlyList<Diagnostic> Found => _found;

    /// <summary>Adds an error, once. What cannot be seen in the settings is spelled out.</summary>
    public void Add(string code, string message, string? place, string key)
    {
        Diagnostic error = Diagnostic.Error(code, InvisibleCharacters.Escape(message), new Place(place ?? "configuration", Column: key));
        if (!_found.Contains(error)) _found.Add(error);
    }

    /// <exception cref="SettingsException">Something was found.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count > 0) throw new SettingsException([.. _found]);
    }
}
