using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>All settings that the program knows, as their reading defines them.</summary>
internal static class DefinedSettings
{
    /// <summary>What stands for a name that the person who writes the file chooses.</summary>
    public const string Name = "NAME";

    /// <summary>One of everything that people name.</summary>
    public const string Everything = """
        { "DefaultTenant": "NAME", "Tenants": { "NAME": { "Kind": "Graph", "TenantId": "2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21",
          "Endpoint": "http://127.0.0.1:1", "Credential": { "Kind": "StaticToken", "Token": "x" },
          "WriteCredential": { "Kind": "StaticToken", "Token": "x" } } },
          "Sources": { "NAME": { "Kind": "File", "Path": "x.csv" } }, "Approvers": { "NAME": { "Actors": ["x"] } },
          "Facade": { "Mappings": { "NAME": { "Source": "NAME", "Tenant": "NAME" } }, "Certificate": { "Path": "x.pfx" },
            "Jwt": { "Issuer": "i", "Audience": "a", "Keys": "keys.json", "Roles": { "NAME": { "Tenants": "NAME", "Rights": "read" } } },
            "Issuers": { "NAME": { "Authority": "https://i", "Audience": "a", "Roles": { "NAME": { "Tenants": "NAME", "Rights": "read" } } } } } }
        """;

    public static IReadOnlyCollection<SettingDefinition> Read()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Everything);
            ConfigurationErrors problem = new();
            SettingsFile.Read(file, problem);
            return problem.Defined;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Those directly below a key, in the order of their reading; an empty key: of the whole file.</summary>
    public static IEnumerable<SettingDefinition> Below(this IEnumerable<SettingDefinition> all, string key) =>
        all.Where(s => Parent(s.Key) == key);

    public static string Parent(string key) => key.LastIndexOf(':') is >= 0 and var colon ? key[..colon] : string.Empty;

    public static string LastName(string key) => key[(key.LastIndexOf(':') + 1)..];
}
