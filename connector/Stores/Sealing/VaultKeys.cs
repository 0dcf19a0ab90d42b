using System.Collections.Immutable;

namespace ProvisioningConnector.Stores.Sealing;

/// <summary>The keys that a vault works with; replaced as a whole.</summary>
/// <param name="Current">Id of the key that seals.</param>
/// <param name="Values">All keys that open, by id.</param>
/// <param name="Digest">The key of look-up digests; stays for the life of a store.</param>
internal sealed record VaultKeys(uint Current, ImmutableDictionary<uint, byte[]> Values, byte[] Digest);
