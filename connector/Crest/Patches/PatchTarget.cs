namespace ProvisioningConnector.Crest.Patches;

/// <summary>An attribute that a PATCH may name.</summary>
/// <param name="Name">Its right spelling.</param>
/// <param name="MultiValued">Whether it holds several values; on a single-valued one <c>add</c> replaces.</param>
public sealed record PatchTarget(string Name, bool MultiValued);
