using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>What the gates of one tenant did so far.</summary>
/// <param name="Name">The tenant's name in the configuration.</param>
/// <param name="Account">Reads and writes.</param>
internal readonly record struct TenantPacing(string Name, PacingAccount Account);
