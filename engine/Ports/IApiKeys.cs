using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>API keys that a store remembers. Any call may end in a <see cref="StoreException"/>.</summary>
public interface IApiKeys
{
    /// <summary>Adds a key; durable when it returns. False: its name has <see cref="ApiKey.MostLivePerName"/> live keys already, nothing was added.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">What "live" means.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">There is a key with this id.</exception>
    ValueTask<bool> AddAsync(ApiKey key, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>As it is now, also when another process changed it a moment ago; null: no such key.</summary>
    ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>All keys, in the order in which they were made, those that ended included.</summary>
    ValueTask<ImmutableArray<ApiKey>> AllAsync(CancellationToken cancellation);

    /// <summary>Ends a key; durable when it returns. The key as it is afterwards (one revoked before stays as it was); null: no such key.</summary>
    ValueTask<ApiKey?> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation);
}
