using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Opens what a verb works with: the configuration that its options name, the chosen tenant, the store.</summary>
internal sealed class WorkspaceOpening(CommonOptions options, Invocation invocation, Messages messages, TimeProvider time, IGraphTrace trace)
{
    /// <exception cref="SettingsException">The configuration is wrong.</exception>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    /// <exception cref="ProvisioningException">No such tenant.</exception>
    public async Task<Workspace> OpenAsync(CancellationToken cancellation)
    {
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        TenantSettings tenant = Choose(settings, options.Tenant);
        if (settings.IsBuiltIn) messages.Report("note: no tenant is configured, so this is the built-in SANDBOX tenant; nothing real is read or changed.");
        return await Workspace.OpenAsync(settings, tenant, invocation.Actor, time, trace, cancellation);
    }

    /// <summary>The tenant of that name, or the default one.</summary>
    public static TenantSettings Choose(ConnectorSettings settings, string? asked)
    {
        string name = asked ?? settings.DefaultTenant
            ?? throw new ProvisioningException("tenantNeeded", "The configuration has tenants, but none is chosen.",
                $"Set DefaultTenant or use --tenant: {string.Join(", ", settings.Tenants.Keys.Order(StringComparer.Ordinal))}.");
        return settings.Tenants.TryGetValue(name, out TenantSettings? tenant)
            ? tenant
            : throw new ProvisioningException("unknownTenant", $"The configuration has no tenant '{name}'.", Suggestion.Hint(name, settings.Tenants.Keys));
    }
}
