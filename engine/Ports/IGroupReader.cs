using ProvisioningConnector.Engine.Migration;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Reads what a group is and what it confers. Has no member that writes.</summary>
public interface IGroupReader
{
    /// <summary>What cannot be read is null.</summary>
    ValueTask<GroupTraits> ReadTraitsAsync(string group, CancellationToken cancellation);
}
