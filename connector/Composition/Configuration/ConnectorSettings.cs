using System.Collections.Immutable;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>The whole configuration, checked (design 9).</summary>
internal sealed record ConnectorSettings
{
    /// <summary>Name of the tenant that is built in while none is configured.</summary>
    public const string BuiltInTenant = "sandbox";

    public string? DefaultTenant { get; init; }

    /// <summary>At least one: the built-in sandbox when nothing is configured.</summary>
    public required ImmutableDictionary<string, TenantSettings> Tenants { get; init; }

    /// <summary>Whether no tenant was configured, so that the built-in sandbox stands in.</summary>
    public bool IsBuiltIn { get; init; }

    public required ImmutableDictionary<string, SourceSettings> Sources { get; init; }

    public required StoreSettings Store { get; init; }

    public required LoggingSettings Logging { get; init; }

    public AuditSettings Audit { get; init; } = new(null);

    /// <summary>What <c>serve</c> listens to and whom it lets in.</summary>
    public FacadeSettings Facade { get; init; } = new();
}

/// <summary>What a store lies in.</summary>
internal enum StoreProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Where the store is.</summary>
/// <param name="Provider">What it lies in.</param>
/// <param name="ConnectionString">Of SQLite, its path absolute; or of PostgreSQL, perhaps with a password: never shown.</param>
/// <param name="KeyFile">File of the store's keys; null: beside the SQLite file.</param>
/// <param name="Retention">How long ended runs are kept by <c>runs prune</c>.</param>
internal sealed record StoreSettings(StoreProvider Provider, string ConnectionString, string? KeyFile, TimeSpan Retention);

/// <summary>The audit trail beside the store.</summary>
/// <param name="HeadFile">Absolute path of the file that the trail's head is repeated to after each run; null: nowhere.</param>
internal sealed record AuditSettings(string? HeadFile);

/// <summary>Form of the log on stderr.</summary>
internal enum LogForm
{
    Text,
    Json,
}

/// <summary>How the program logs.</summary>
/// <param name="Form">Text, or JSON lines.</param>
/// <param name="File">Also to this file; null: only to stderr.</param>
internal sealed record LoggingSettings(LogForm Form, string? File);
