using System.Collections.Immutable;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Sources;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>The whole configuration, checked (docs/configuration.md).</summary>
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

    /// <summary>Who may approve plans; empty: all who did not make them.</summary>
    public Approvers Approvers { get; init; } = Approvers.None;

    public required LoggingSettings Logging { get; init; }

    public AuditSettings Audit { get; init; } = new(null);

    /// <summary>What <c>serve</c> listens to and whom it lets in.</summary>
    public FacadeSettings Facade { get; init; } = new();

    /// <summary>Of the command line, not of the configuration: the store is new to its tenants on purpose (<c>--new-store</c>).</summary>
    public bool NewStore { get; init; }
}

/// <summary>The audit trail beside the store.</summary>
/// <param name="HeadFile">Absolute path of the file that the trail's head is repeated to after each run; null: nowhere.</param>
internal sealed record AuditSettings(string? HeadFile);
