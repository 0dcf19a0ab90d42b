using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>The long-running operations that were started.</summary>
internal sealed class PasswordOperations
{
    public Dictionary<string, PasswordOperation> All { get; } = new(StringComparer.OrdinalIgnoreCase);
}

internal sealed class PasswordOperation(SandboxUser user, DateTimeOffset created)
{
    public SandboxUser User { get; } = user;
    public DateTimeOffset Created { get; } = created;
    public int Polls { get; set; }
}
