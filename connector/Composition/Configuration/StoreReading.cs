using ProvisioningConnector.Stores;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads the section <c>Store</c>.</summary>
internal static class StoreReading
{
    private const string Prefix = "Data Source=";

    private static readonly TimeSpan StandardRetention = TimeSpan.FromDays(90);

    /// <param name="all">The whole configuration.</param>
    /// <param name="isRehearsal">Whether every tenant is on this machine, so that secrets may stand in files.</param>
    public static StoreSettings Read(SettingsSection all, bool isRehearsal)
    {
        SettingsSection section = all.Section("Store", "where runs, journals and plans are kept: [store](#store)");
        StoreProvider provider = section.Choice("Provider", StoreProvider.Sqlite, "the database");
        string? text = section.Text("ConnectionString",
            "`Data Source=FILE`, or `Host=…;Database=…;Username=…`: the tables lie in the schema `provision`, or in `Search Path`; "
            + "with a password, put it into `PROVISION_Store__ConnectionString`", orNull: false,
            defaultWords: "`Data Source=.provision/provision.db`");
        if (!isRehearsal) section.NoPasswordInFile("ConnectionString");
        string? keyFile = section.File("KeyFile", "what identifies people is encrypted with the keys in this file. Keep it elsewhere than the database and "
            + "back it up once, and again after `store rekey`: without it the store is lost. It stays with its owner, group and mode",
            "beside the database, with `.key`; PostgreSql: `.provision/provision.key`");
        StoreAccess access = section.Choice("Access", StoreAccess.Owner, "`Group`: all accounts of the group of the store's directory use it, for "
            + "[a second person](safety.md#approvals) on one machine. Files have mode 660; the directory passes its group on: "
            + "`install -d -m 2770 -g provision /var/lib/provision`");
        TimeSpan retention = section.Duration("Retention", StandardRetention, "how long ended runs are kept when `runs prune` is called");
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
        SettingsSection section = store.Section("KeyEncryption",
            "encrypts the key file, so that a copy of it alone opens nothing; without it the file lies in clear", orNull: true);
        KeyEncryptionSettings? encryption = Encryption(store, "KeyEncryption", section, isRehearsal);
        SettingsSection earlier = section.Section("Previous", "what encrypted it before, while that changes: the same keys", orNull: true);
        KeyEncryptionSettings? previous = Encryption(section, "Previous", earlier, isRehearsal);
        earlier.NoOthers();
        section.NoOthers();
        return encryption is null ? null : encryption with { Previous = previous };
    }

    private static KeyEncryptionSettings? Encryption(SettingsSection parent, string key, SettingsSection section, bool isRehearsal)
    {
        KeyEncryptionSettings encryption = new(
            section.Choice("Kind", KeyEncryptionKind.Certificate, "an RSA certificate, or a random secret", isNeeded: true),
            section.File("Path", "`Certificate`: PFX or PEM file with the private key"),
            section.Secret("Password", "`Certificate`: the file's password"),
            section.Secret("Secret", $"`Secret`: at least {SecretKeyEncryption.MinLength} random characters, such as a Key Vault secret that the platform "
                + "hands out as a variable or a file"));
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
