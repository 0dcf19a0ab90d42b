using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Composition;

/// <summary>Reads what the tenant's policy says of an action, so that its plan can say it beforehand.</summary>
internal static class PolicyReads
{
    /// <summary>The policies that the action depends on; others are not read.</summary>
    public static async ValueTask<MethodPolicies> OfAsync(UserAction action, ReadingTenant tenant, CancellationToken cancellation) => action switch
    {
        UserAction.SwitchSmsSignIn { On: true } => new MethodPolicies { SmsSignIn = await tenant.Policies.SmsSignInAsync(cancellation) },
        UserAction.IssuePass or UserAction.RequireReregister { Pass: not null } => new MethodPolicies { Pass = await tenant.Policies.PassAsync(cancellation) },
        _ => MethodPolicies.NotRead,
    };
}
