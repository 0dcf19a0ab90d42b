using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>What a run says that lost its lease.</summary>
internal static class LeaseDiagnostics
{
    /// <param name="other">Who has the lease now; null when not known.</param>
    public static Diagnostic Lost(LeaseRecord? other) => Diagnostic.Error("leaseLost",
        "This process could not renew the tenant's lease in time (it was paused, or the store did not answer), and another run has taken over the tenant"
        + (other is null ? "" : $": {other.Holder.RunId} of {other.Holder.Who}@{other.Holder.Host}, process {other.Holder.ProcessId}")
        + ". Nothing was sent after that. When that run has ended, resume this one, unless it is the run that was continued.");
}
