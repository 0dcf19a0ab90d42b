using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Sources;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>
/// Reads the configuration: <c>config/appsettings.json</c> in the working folder, the file of <c>--config</c>, in development the user's secrets,
/// folders of key files, then the environment (<c>PROVISION_…</c>); later ones win (docs/configuration.md).
/// </summary>
internal static class SettingsFile
{
    /// <summary>Folder for everything that the program keeps when nothing else is configured.</summary>
    public const string StateFolder = ".provision";

    /// <summary>Environment variables that begin with it are settings; <c>__</c> stands for a colon.</summary>
    public const string EnvironmentPrefix = "PROVISION_";

    /// <exception cref="SettingsException">Something is wrong; lists everything that is wrong.</exception>
    public static ConnectorSettings Read(string? configFile) => Read(configFile, new ConfigurationErrors());

    /// <summary>The same; <paramref name="problem"/> collects everything that was asked for and everything that is wrong.</summary>
    internal static ConnectorSettings Read(string? configFile, ConfigurationErrors problem)
    {
        SettingsLayers layers = Load(configFile);
        SettingsSection all = new(layers, string.Empty, problem);
        all.Text("$schema", "for editors: where the schema is, `config/settings.schema.json`", orNull: false);
        ImmutableDictionary<string, TenantSettings> tenants = Tenants(all);
        string? chosen = all.Word("DefaultTenant", "the tenant that is meant without `--tenant`; needed once a tenant is configured");
        if (tenants.IsEmpty && chosen is not null && !chosen.Equals(ConnectorSettings.BuiltInTenant, StringComparison.OrdinalIgnoreCase))
        {
            all.Bad("DefaultTenant",
                $"There is no tenant '{chosen}': none is configured. Describe it under Tenants, or leave DefaultTenant out to use the built-in sandbox.");
        }
        else if (chosen is not null && tenants.Count > 0 && !tenants.ContainsKey(chosen))
        {
            all.Bad("DefaultTenant", $"There is no tenant '{chosen}'. {Suggestion.Hint(chosen, tenants.Keys)}");
        }

        bool isRehearsal = tenants.Values.All(tenant => tenant.IsLoopback);
        ImmutableDictionary<string, SourceSettings> sources = Sources(all, isRehearsal);
        ImmutableDictionary<string, TenantSettings> present =
            tenants.IsEmpty ? tenants.Add(ConnectorSettings.BuiltInTenant, BuiltIn()) : tenants;
        ConnectorSettings settings = new()
        {
            DefaultTenant = tenants.IsEmpty ? ConnectorSettings.BuiltInTenant : chosen,
            IsBuiltIn = tenants.IsEmpty,
            Tenants = present,
            Sources = sources,
            Store = StoreReading.Read(all, isRehearsal),
            Approvers = ApproversReading.Read(all),
            Logging = Logging(all),
            Audit = Audit(all),
            Facade = FacadeReading.Read(all, present, sources.Keys),
        };
        all.NoOthers();
        problem.ThrowIfAny();
        return settings;
    }

    private static SettingsLayers Load(string? configFile)
    {
        List<string> files = [];
        string standard = Path.Combine(Environment.CurrentDirectory, "config", "appsettings.json");
        if (File.Exists(standard)) files.Add(standard);
        if (configFile is not null)
        {
            if (string.IsNullOrWhiteSpace(configFile)) throw One("configMissing", "--config names no file.");
            string full = Path.GetFullPath(configFile);
            if (!File.Exists(full)) throw One("configMissing", $"The configuration file '{configFile}' does not exist. Check --config.");
            files.Add(full);
        }

        return SettingsLayers.Read([.. files], UserSecrets.Find(), KeyFiles.Folders());
    }

    private static ImmutableDictionary<string, TenantSettings> Tenants(SettingsSection all) =>
        all.Named("Tenants", "a tenant: [tenants](#tenants); without any, the built-in `sandbox`")
            .ToImmutableDictionary(t => t.Name, t => TenantReading.Read(t.Name, t.Section), StringComparer.OrdinalIgnoreCase);

    /// <summary>It stands for no tenant of Microsoft's, so no date concerns it.</summary>
    private static TenantSettings BuiltIn() => new()
    {
        Name = ConnectorSettings.BuiltInTenant, Kind = TenantKind.Sandbox, Graph = new GraphTenantOptions(),
        Guardrails = new GuardrailLimits { RetiringMethod = RetiringPolicy.Off },
    };

    private static ImmutableDictionary<string, SourceSettings> Sources(SettingsSection all, bool isRehearsal) =>
        all.Named("Sources", "an authoritative list: [sources](#sources)")
            .ToImmutableDictionary(s => s.Name, s => SourceReading.Read(s.Name, s.Section, isRehearsal), StringComparer.OrdinalIgnoreCase);

    private static AuditSettings Audit(SettingsSection all)
    {
        SettingsSection section = all.Section("Audit", "the audit trail: [evidence](safety.md#evidence)");
        AuditSettings audit = new(section.File("HeadFile",
            "to this file the chain's head is repeated after each run, so that a cut chain shows; best on another machine's disk"));
        section.NoOthers();
        return audit;
    }

    /// <summary>Only how to log; used before everything else, so it takes the configuration as it is.</summary>
    public static LoggingSettings Logging(string? configFile) =>
        Logging(new SettingsSection(Load(configFile), string.Empty, new ConfigurationErrors()));

    private static LoggingSettings Logging(SettingsSection all)
    {
        const string levels = "the least level that is logged of a category, a namespace or a class such as `ProvisioningConnector.Graph`. "
            + "The platform's categories (`Microsoft`, `System`, `Azure`) never go below `Warning`: their lines quote paths, in which users are named";
        SettingsSection section = all.Section("Logging", "the log on stderr (`--verbose`) and in a file");
        LoggingSettings logging = new(section.Choice("Form", LogForm.Text, "how lines are written"), section.File("File", "also to this file"))
        {
            Levels = section.Choices("Levels", LogLevel.Information, levels, "`Debug` with `--verbose` and of commands with a file, else `Information`"),
        };
        section.NoOthers();
        return logging;
    }

    private static SettingsException One(string code, string message) => new([Engine.Model.Diagnostic.Error(code, message)]);
}
