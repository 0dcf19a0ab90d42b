namespace ProvisioningConnector.Engine.Readiness;

/// <summary>Something about the tenant itself, with the exact remedy. Nothing of it is ever done by this program.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Urgent">Whether people are affected by it.</param>
/// <param name="Message">What is so.</param>
/// <param name="Remedy">What to do; may be empty.</param>
public sealed record TenantFinding(string Code, bool Urgent, string Message, string Remedy);
