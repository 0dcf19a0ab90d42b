using ProvisioningConnector.Stores;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;

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
        StoreAccess access = section.Choice("Access", StoreAccess.Owner);
        TimeSpan retention = section.Duration("Retention", StandardRetention);
        KeyEncryptionSettings? encryption = Encryption(section, isRehearsal);
        section.NoOthers();
        StoreSettings store = provider switch
        {
            StoreProvider.Sqlite => new StoreSettings(provider, Sqlite(section, text), keyFile, retention),
            StoreProvider.PostgreSql => new StoreSettings(provider, Postgres(section, text), keyFile ?? InStateFolder("provision.key"), retention),
        };
        return store with { KeyEncryption = encryption, Access = access };
    }

    private static KeyEncryptionSettings? Encryption(SettingsSection store, bool isRehearsal)
    {
        SettingsSection section = store.Section("KeyEncryption", orNull: true);
        KeyEncryptionSettings? encryption = Encryption(store, "KeyEncryption", section, isRehearsal);
        SettingsSection earlier = section.Section("Previous", orNull: true);
        KeyEncryptionSettings? previous = Encryption(section, "Previous", earlier, isRehearsal);
        earlier.NoOthers();
        section.NoOthers();
        return encryption is null ? null : encryption with { Previous = previous };
    }

    private static KeyEncryptionSettings? Encryption(SettingsSection parent, string key, SettingsSection section, bool isRehearsal)
    {
        KeyEncryptionSettings encryption = new(
            section.Choice("Kind", KeyEncryptionKind.Certificate), section.File("Path"), section.Secret("Password"), section.Secret("Secret"));
        if (!parent.Exists(key)) return null;
        if (!section.Exists("Kind")) section.Bad("Kind", "Set what encrypts the key file: Certificate or Secret.");
        if (!isRehearsal)
        {
            section.NoSecretInFile("Password");
            section.NoSecretInFile("Secret");
        }

        if (section.HasBadFile) return encryption;
        string? problem = encryption switch
        {
            { Kind: KeyEncryptionKind.Certificate, Path: null } => "Encryption by a certificate needs Path.",
            { Kind: KeyEncryptionKind.Certificate } => null,
            { Secret: null } => "Encryption by a secret needs Secret; set it by environment or SecretFile.",
            { Secret.Length: < SecretKeyEncryption.MinLength } =>
                $"Secret needs at least {SecretKeyEncryption.MinLength} characters. Make one with: openssl rand -base64 32",
            _ => null,
        };
        if (problem is not null) parent.Bad(key, problem);
        return encryption;
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
