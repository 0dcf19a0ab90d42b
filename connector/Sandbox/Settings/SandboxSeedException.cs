namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>A seed, a state file or a fault plan cannot be used. The message says what, where and what to do.</summary>
public sealed class SandboxSeedException : Exception
{
    public SandboxSeedException() { }
    public SandboxSeedException(string message) : base(message) { }
    public SandboxSeedException(string message, Exception inner) : base(message, inner) { }
}
