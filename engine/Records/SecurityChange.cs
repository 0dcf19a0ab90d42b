namespace ProvisioningConnector.Engine.Records;

/// <summary>A change of a user's security info, as the audit log has it.</summary>
/// <param name="Uid">Object id of the user.</param>
/// <param name="At">When, by the service's clock.</param>
/// <param name="MayBeOurs">An app did it, and not certainly another one than ours.</param>
public readonly record struct SecurityChange(string Uid, DateTimeOffset At, bool MayBeOurs);
