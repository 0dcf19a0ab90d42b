namespace ProvisioningConnector.Engine.Ports;

/// <summary>Remembers when a tenant was last asked what is not certain of it (<c>doctor --probe</c>). Any call may end in a
/// <see cref="StoreException"/>.</summary>
public interface IProbes
{
    /// <summary>The last probe of a tenant; null: there was none.</summary>
    ValueTask<KnownProbe?> FindAsync(string tenantId, CancellationToken cancellation);

    /// <summary>Puts a probe in the place of the tenant's last one.</summary>
    ValueTask KeepAsync(KnownProbe probe, CancellationToken cancellation);
}

/// <summary>That a tenant was probed; its names are stored.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="ToolVersion">The version of this program that asked.</param>
/// <param name="At">When.</param>
public sealed record KnownProbe(string TenantId, string ToolVersion, DateTimeOffset At);
