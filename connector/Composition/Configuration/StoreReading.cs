using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads the section <c>Store</c>.</summary>
internal static class StoreReading
{
    private const string Prefix = "Data Source=";

    private static readonly TimeSpan StandardRetention = TimeSpan.FromDays(90);

    /// <param name="section">The section.</param>
    /// <param name="isRehearsal">Whether every tenant is on this machine, so that secrets may stand in files.</param>
    public static StoreSettings Read(SettingsSection section, bool isRehearsal)
    {
        StoreProvider provider = section.Choice("Provider", StoreProvider.Sqlite);
        string? text = section.Text("ConnectionString", orNull: false);
        if (!isRehearsal) section.NoPasswordInFile("ConnectionString");
        string? keyFile = section.File("KeyFile");
        TimeSpan retention = section.Duration("Retention", StandardRetention);
        section.NoOthers();
        return provider switch
        {
            StoreProvider.Sqlite => new StoreSettings(provider, Sqlite(section, text), keyFile, retention),
            StoreProvider.PostgreSql => new StoreSettings(provider, Postgres(section, text), keyFile ?? InStateFolder("provision.key"), retention),
        };
    }

    private static string Sqlite(SettingsSection section, string? text)
    {
        if (text is null) return Prefix + InStateFolder("provision.db");
        if (!text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) section.Bad("ConnectionString",
            "A SQLite connection string begins with 'Data Source='. For PostgreSQL set Store:Provider to PostgreSql.");
        string path = text[Math.Min(Prefix.Length, text.Length)..].Trim();
        return Prefix + section.Rooted("ConnectionString", path);
    }

    private static string Postgres(SettingsSection section, string? text)
    {
        if (text is null) section.Bad("ConnectionString",
            "A store in PostgreSQL needs one, such as 'Host=db.contoso.com;Database=provision;Username=provision'; with a password, "
            + "put it into the environment variable PROVISION_Store__ConnectionString.");
        return text ?? string.Empty;
    }

    private static string InStateFolder(string name) => Path.Combine(Environment.CurrentDirectory, SettingsFile.StateFolder, name);
}
