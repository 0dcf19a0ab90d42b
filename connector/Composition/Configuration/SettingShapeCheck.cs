namespace ProvisioningConnector.Composition.Configuration;

/// <summary>
/// Checks how settings are written, in every layer that writes them. A text, a number or a list where a section belongs would
/// otherwise be ignored in silence, and with it what the section was to protect.
/// </summary>
internal sealed class SettingShapeCheck(SettingsLayers layers, ConfigurationErrors problem)
{
    public const string Code = "settingShape";

    public bool IsSection(string key, bool orNull) =>
        Is(key, "a section, such as { \"key\": \"value\" }", orNull, [SettingShape.Section]);

    public bool IsText(string key, bool orNull, bool orBlank = false) =>
        Is(key, "a text", orNull, orBlank ? [SettingShape.Text, SettingShape.Blank] : [SettingShape.Text]);

    /// <summary>A value with a default that is not null.</summary>
    public bool IsScalar(string key) => Is(key, "a single value", orNull: false, [SettingShape.Text, SettingShape.Number, SettingShape.Boolean]);

    public bool IsList(string key) => Is(key, "a list, such as [\"one\", \"two\"]", orNull: false, [SettingShape.List]);

    public bool IsListOrText(string key) => Is(key, "a list, such as [\"one\", \"two\"], or a text", orNull: false, [SettingShape.List, SettingShape.Text]);

    /// <param name="key">The key.</param>
    /// <param name="expected">What belongs there, for the message.</param>
    /// <param name="orNull">Whether <c>null</c> says the same as leaving it out.</param>
    /// <param name="right">The shapes that fit.</param>
    /// <returns>False when any layer writes it otherwise; that is reported.</returns>
    public bool Is(string key, string expected, bool orNull, ReadOnlySpan<SettingShape> right)
    {
        bool fits = true;
        foreach (SettingsLayer layer in layers.Layers)
        {
            foreach (SettingShape shape in layer.Shapes(key))
            {
                if (shape.Fits(right) || (orNull && shape == SettingShape.Null)) continue;
                fits = false;
                string way = shape is SettingShape.Null or SettingShape.Blank ? " To use the default, leave the key out." : string.Empty;
                problem.Add(Code, $"{key}: it must be {expected}; it is {shape.Words()}.{way}", layer.Place(key), key);
            }
        }

        return fits;
    }
}
