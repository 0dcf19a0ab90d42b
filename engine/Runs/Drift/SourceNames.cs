using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Drift;

/// <summary>What happens when a name that a source uses belongs to another object id than before (docs/design.md#resolving-users).</summary>
internal static class SourceNames
{
    public static HoldReason Moved(SourceRow row, string uid) => new(HoldCodes.IdentityChanged, false,
        $"'{row.UserText}' belonged to another account when it was last verified, and belongs to {uid} now: the name was given to someone else, "
        + "or the account was recreated. "
        + $"Nothing is written until that is resolved. If the source means this account, use --allow identityChanged={row.UserText} once, with a reason; "
        + $"or name the user by object id in the source.");
}
