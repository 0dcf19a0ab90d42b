namespace ProvisioningConnector.Engine.Ports;

/// <summary>The process that holds a lease or a lock, so that others can find out whether it still runs.</summary>
/// <param name="Host">Machine.</param>
/// <param name="Boot">Names the machine's present boot and process space; null where the operating system does not say.</param>
/// <param name="ProcessId">Process.</param>
/// <param name="ProcessStart">When the process began, as the operating system spells it; null where it does not say.</param>
public record HolderProcess(string Host, string? Boot, int ProcessId, string? ProcessStart);
