using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>Everything the planner looks at for one user; it looks at nothing else.</summary>
/// <param name="Current">The tenant's state, read completely.</param>
/// <param name="Desired">What the source wants.</param>
/// <param name="Policy">The tenant's policies.</param>
/// <param name="Account">Guest and disabled, for the policies of these names.</param>
/// <param name="Holds">What must not be touched.</param>
public sealed record PlanRequest(
    CurrentMethods Current,
    DesiredMethods Desired,
    PlanningPolicy Policy,
    Account Account,
    Holds Holds);

/// <summary>What policies need to know of the account itself.</summary>
public readonly record struct Account(bool IsGuest = false, bool IsDisabled = false)
{
    public static Account Of(DirectoryUser user) => new(user.IsGuest, user.Enabled == false);
}
