using System.Collections.Immutable;
using Microsoft.Extensions.FileProviders;
using ProvisioningConnector.Graph;

namespace ProvisioningConnector.Host.Configuration;

/// <summary>
/// Reads the configuration: <c>config/appsettings.json</c> in the working folder, the file of <c>--config</c>, then the
/// environment (<c>PROVISION_…</c>); later ones win (design 9).
/// </summary>
internal static class SettingsFile
{
    /// <summary>Folder for everything that the program keeps when nothing else is configured.</summary>
    public const string StateFolder = ".provision";

    private const string EnvironmentPrefix = "PROVISION_";

    /// <exception cref="SettingsException">Something is wrong; everything that is wrong is told.</exception>
    public static ConnectorSettings Read(string? configFile) => Read(configFile, new SettingsTrouble());

    /// <summary>The same; <paramref name="trouble"/> hears of everything that was asked for and everything that is wrong.</summary>
    internal static ConnectorSettings Read(string? configFile, SettingsTrouble trouble)
    {
        IConfigurationRoot root = Load(configFile);
        SettingsSection all = new(root, string.Empty, trouble);
        all.Text("$schema");
        ImmutableDictionary<string, TenantSettings> tenants = Tenants(all.Section("Tenants"));
        string? chosen = all.Text("DefaultTenant");
        if (tenants.IsEmpty && chosen is not null && !chosen.Equals(ConnectorSettings.BuiltInTenant, StringComparison.OrdinalIgnoreCase))
        {
            all.Bad("DefaultTenant", $"There is no tenant '{chosen}': none is configured. Describe it under Tenants, or leave DefaultTenant out to use the built-in sandbox.");
        }
        else if (chosen is not null && tenants.Count > 0 && !tenants.ContainsKey(chosen))
        {
            all.Bad("DefaultTenant", $"There is no tenant '{chosen}'. {ClosestName.Hint(chosen, tenants.Keys)}");
        }

        ImmutableDictionary<string, SourceSettings> sources = Sources(all.Section("Sources"));
        ConnectorSettings settings = new()
        {
            DefaultTenant = tenants.IsEmpty ? ConnectorSettings.BuiltInTenant : chosen,
            IsBuiltIn = tenants.IsEmpty,
            Tenants = tenants.IsEmpty ? ImmutableDictionary<string, TenantSettings>.Empty.Add(ConnectorSettings.BuiltInTenant, BuiltIn()) : tenants,
            Sources = sources,
            Store = StoreReading.Read(all.Section("Store")),
            Logging = Logging(all.Section("Logging")),
            Audit = Audit(all.Section("Audit")),
            Facade = FacadeReading.Read(all.Section("Facade"), tenants.IsEmpty ? [ConnectorSettings.BuiltInTenant] : tenants.Keys, sources.Keys),
        };
        all.NoOthers();
        trouble.ThrowIfAny();
        return settings;
    }

    private static IConfigurationRoot Load(string? configFile)
    {
        ConfigurationBuilder builder = new();
        string standard = Path.Combine(Environment.CurrentDirectory, "config", "appsettings.json");
        if (File.Exists(standard)) Add(builder, standard);
        if (configFile is not null)
        {
            if (string.IsNullOrWhiteSpace(configFile)) throw One("configMissing", "--config names no file.");
            string full = Path.GetFullPath(configFile);
            if (!File.Exists(full)) throw One("configMissing", $"The configuration file '{configFile}' does not exist. Check --config.");
            Add(builder, full);
        }

        builder.AddEnvironmentVariables(EnvironmentPrefix);
        try
        {
            return builder.Build();
        }
        catch (InvalidDataException exception)
        {
            throw One("configUnreadable", $"{exception.Message} {exception.InnerException?.Message} Mend the JSON.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw One("configUnreadable", $"The configuration cannot be read: {exception.Message}");
        }
    }

    private static void Add(ConfigurationBuilder builder, string file) => builder.AddJsonFile(source =>
    {
        source.FileProvider = new PhysicalFileProvider(Path.GetDirectoryName(file) ?? ".", Microsoft.Extensions.FileProviders.Physical.ExclusionFilters.None);
        source.Path = Path.GetFileName(file);
        source.Optional = false;
        source.ReloadOnChange = false;
    });

    private static ImmutableDictionary<string, TenantSettings> Tenants(SettingsSection section) =>
        section.Named().ToImmutableDictionary(t => t.Name, t => TenantReading.Read(t.Name, t.Section), StringComparer.OrdinalIgnoreCase);

    private static TenantSettings BuiltIn() => new() { Name = ConnectorSettings.BuiltInTenant, Kind = TenantKind.Sandbox, Graph = new GraphTenantOptions() };

    private static ImmutableDictionary<string, SourceSettings> Sources(SettingsSection section) =>
        section.Named().ToImmutableDictionary(s => s.Name, s => SourceReading.Read(s.Name, s.Section), StringComparer.OrdinalIgnoreCase);

    private static AuditSettings Audit(SettingsSection section)
    {
        AuditSettings audit = new(section.File("HeadFile"));
        section.NoOthers();
        return audit;
    }

    /// <summary>Only how to log; used before everything else, so it takes the configuration as it is.</summary>
    public static LoggingSettings Logging(string? configFile)
    {
        IConfigurationRoot root = Load(configFile);
        return Logging(new SettingsSection(root, "Logging", new SettingsTrouble()));
    }

    private static LoggingSettings Logging(SettingsSection section)
    {
        LoggingSettings logging = new(section.Choice("Form", LogForm.Text), section.File("File"));
        section.NoOthers();
        return logging;
    }

    private static SettingsException One(string code, string message) => new([Engine.Model.Diagnostic.Error(code, message)]);
}
