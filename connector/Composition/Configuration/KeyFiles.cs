using System.Collections.Immutable;
using Microsoft.Extensions.FileProviders;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>
/// Folders with one file per setting, as containers and service managers hand out secrets (docs/configuration.md#secrets). A file is named as the
/// environment variable of its setting and holds the value; files with other names belong to others.
/// </summary>
internal static class KeyFiles
{
    /// <summary>Where Docker and Compose mount secrets.</summary>
    private const string Mounted = "/run/secrets";

    /// <summary>Set by systemd for units with <c>LoadCredential</c>.</summary>
    private const string CredentialsDirectory = "CREDENTIALS_DIRECTORY";

    /// <summary>Names a folder that an administrator chose.</summary>
    private const string Chosen = "KEY_PER_FILE_DIRECTORY";

    /// <summary>The folders that exist, later ones win.</summary>
    /// <exception cref="SettingsException">A folder was named and is not there.</exception>
    public static ImmutableArray<string> Folders()
    {
        string? chosen = Environment.GetEnvironmentVariable(Chosen);
        if (!string.IsNullOrEmpty(chosen) && !Directory.Exists(chosen)) throw new SettingsException([Engine.Model.Diagnostic.Error("configMissing",
            $"The folder of key files '{chosen}' does not exist. Create it, or remove the environment variable {Chosen}.")]);
        return [.. new[] { Mounted, Environment.GetEnvironmentVariable(CredentialsDirectory), chosen }
            .OfType<string>().Where(Directory.Exists).Select(System.IO.Path.GetFullPath).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The settings in a folder.</summary>
    /// <exception cref="SettingsException">A file cannot be read.</exception>
    public static IReadOnlyCollection<KeyValuePair<string, string?>> Read(string folder)
    {
        try
        {
            using PhysicalFileProvider files = new(folder);
            IConfigurationRoot read = new ConfigurationBuilder().AddKeyPerFile(source =>
            {
                source.FileProvider = files;
                source.IgnoreCondition = static name => !name.StartsWith(SettingsFile.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase);
            }).Build();
            return [.. read.AsEnumerable().Where(static setting => setting.Value is not null)
                .Select(static setting => KeyValuePair.Create(setting.Key[SettingsFile.EnvironmentPrefix.Length..], setting.Value))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([Engine.Model.Diagnostic.Error("configUnreadable",
                $"The folder of key files '{folder}' cannot be read: {exception.Message} The account that runs this program must be able to read its files.")]);
        }
    }
}
