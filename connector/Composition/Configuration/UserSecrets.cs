using Microsoft.Extensions.Configuration.UserSecrets;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>The secrets that a developer keeps outside the repository with <c>dotnet user-secrets</c> (docs/configuration.md#secrets).</summary>
internal static class UserSecrets
{
    /// <summary>The id in the project file of <c>provision</c>.</summary>
    private const string Id = "provisioning-connector";

    /// <summary>Absolute path of the file; null outside development and where there is none.</summary>
    public static string? Find()
    {
        string? environment = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT");
        if (!string.Equals(environment, "Development", StringComparison.OrdinalIgnoreCase)) return null;
        string path = PathHelper.GetSecretsPathFromSecretsId(Id);
        return File.Exists(path) ? path : null;
    }
}
