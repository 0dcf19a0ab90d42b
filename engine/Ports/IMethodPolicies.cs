using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Reads the tenant's authentication methods policy, where that is permitted; what is not stays <see cref="PolicyVerdict.NotRead"/>.</summary>
public interface IMethodPolicies
{
    /// <summary>Whether numbers can sign in by SMS.</summary>
    ValueTask<PolicyVerdict> SmsSignInAsync(CancellationToken cancellation);

    /// <summary>What holds for temporary access passes.</summary>
    ValueTask<PassPolicy> PassAsync(CancellationToken cancellation);
}
