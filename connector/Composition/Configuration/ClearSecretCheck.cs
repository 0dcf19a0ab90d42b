using System.Data.Common;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>
/// Finds secrets in configuration files, which are copied, compared and checked in. The environment, key files and a user's own secrets may hold
/// them (docs/configuration.md#secrets).
/// </summary>
internal sealed class ClearSecretCheck(SettingsLayers layers, ConfigurationErrors problem)
{
    private const string Code = "secretInFile";

    // The names that Npgsql and Microsoft.Data.Sqlite take for a password.
    private static readonly string[] PasswordNames = ["Password", "PSW", "PWD", "SSL Password", "SslPassword"];

    /// <param name="key">Full key of the secret.</param>
    /// <param name="hasFileForm">Whether the secret may also be named by a file of its own, as <c>…File</c>.</param>
    public void Check(string key, bool hasFileForm)
    {
        foreach (SettingsLayer layer in layers.Layers.Where(layer => !layer.MayHoldSecrets && layer.Value(key) is { Length: > 0 }))
        {
            Report(key, layer, hasFileForm ? $", or put it into a file of its own and name that file under {key}File" : string.Empty);
        }
    }

    /// <param name="key">Full key of a connection string.</param>
    public void CheckConnectionString(string key)
    {
        foreach (SettingsLayer layer in layers.Layers.Where(layer => !layer.MayHoldSecrets && HasPassword(layer.Value(key)))) Report(key, layer, string.Empty);
    }

    private void Report(string key, SettingsLayer layer, string orElse) => problem.Add(Code,
        $"{key}: a secret must not stand in a configuration file. Set the environment variable {SettingsLayer.Variable(key)} instead{orElse}. "
        + "Then replace the secret, since this file may have been copied.", layer.Place(key), key);

    /// <summary>A text that is no connection string has no password; that it cannot be used is reported elsewhere.</summary>
    private static bool HasPassword(string? text)
    {
        try
        {
            DbConnectionStringBuilder parts = new() { ConnectionString = text };
            return PasswordNames.Any(name => parts.TryGetValue(name, out object? value) && value is string { Length: > 0 });
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
