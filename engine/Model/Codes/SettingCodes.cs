using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>What is wrong with a configuration; all of it stands in the message of the error configuration.</summary>
public static class SettingCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("configMissing", Setting, "The configuration file does not exist."),
        new("configUnreadable", Setting, "The configuration file cannot be read."),
        new("unknownSetting", Setting, "There is no such setting."),
        new("badSetting", Setting, "The value of a setting cannot be used."),
        new("secretInFile", Setting, "A secret stands in a configuration file."),
        new("settingShape", Setting, "A setting has a value of the wrong shape."),
    ];
}
