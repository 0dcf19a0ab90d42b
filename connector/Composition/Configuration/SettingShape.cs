namespace ProvisioningConnector.Composition.Configuration;

/// <summary>What was written where a setting belongs. .NET configuration forgets it:
/// <c>null</c> and <c>{}</c>, <c>""</c> and <c>[]</c> become the same.</summary>
internal enum SettingShape
{
    /// <summary>A JSON object, or environment variables below the key.</summary>
    Section,

    /// <summary>A JSON array.</summary>
    List,

    /// <summary>Environment variables below the key that are all numbered: a list, or a section whose names are numbers.</summary>
    Numbered,

    /// <summary>A text with something in it.</summary>
    Text,

    /// <summary>A text of nothing but white space and invisible characters.</summary>
    Blank,

    Number,

    Boolean,

    Null,
}

/// <summary>Words for shapes.</summary>
internal static class SettingShapes
{
    public static string Words(this SettingShape shape) => shape switch
    {
        SettingShape.Section => "a section",
        SettingShape.List or SettingShape.Numbered => "a list",
        SettingShape.Text => "a text",
        SettingShape.Blank => "empty",
        SettingShape.Number => "a number without quotation marks",
        SettingShape.Boolean => "true or false without quotation marks",
        SettingShape.Null => "null",
    };

    /// <summary>What fits where one of these is expected: numbered variables are a section or a list.</summary>
    public static bool Fits(this SettingShape shape, ReadOnlySpan<SettingShape> expected) =>
        expected.Contains(shape) || (shape == SettingShape.Numbered && (expected.Contains(SettingShape.Section) || expected.Contains(SettingShape.List)));
}
