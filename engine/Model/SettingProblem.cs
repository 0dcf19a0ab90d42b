namespace ProvisioningConnector.Engine.Model;

/// <summary>Why a setting cannot be used.</summary>
/// <param name="Key">The name of the setting, as it stands in the configuration.</param>
/// <param name="Message">What is wrong, in a sentence that names the setting.</param>
public readonly record struct SettingProblem(string Key, string Message);
