using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Remembers users who failed and when to try them again. Object ids are compared
/// ignoring case. Any call may end in a <see cref="StoreException"/>.</summary>
public interface IRetryMemory
{
    /// <summary>Most users in one call.</summary>
    const int MaxUsers = 1_000;

    /// <summary>What is remembered of up to <see cref="MaxUsers"/> users; the others are left out.</summary>
    ValueTask<ImmutableDictionary<string, RetryEntry>> FindAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation);

    /// <summary>Saves up to <see cref="MaxUsers"/> entries; replaces earlier ones.</summary>
    ValueTask SaveAsync(string tenantId, ImmutableArray<RetryEntry> entries, CancellationToken cancellation);

    /// <summary>These users ended well.</summary>
    ValueTask ForgetAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation);
}
