using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>Names by which sources know users, and what happens when one belongs to another object id than it did (design 4.6).</summary>
internal static class SourceNames
{
    /// <summary>The name that a row knows its user by; null when it names the object id itself, which cannot move.</summary>
    public static string? Of(SourceRow row, string uid)
    {
        if (row.Key is not { } key) return null;
        return key.Kind == UserKeyKind.Name && string.Equals(key.Value, uid, StringComparison.OrdinalIgnoreCase) ? null : key.ToString();
    }

    public static HoldReason Moved(SourceRow row, string uid) => new(HoldCodes.IdentityChanged, false,
        $"'{row.UserText}' belonged to another account when it was last verified, and belongs to {uid} now: the name was given to somebody else, or the account was made anew. "
        + $"Nothing is written until that is settled. If the source means this account, use --allow protected={row.UserText} once, with a reason; or name the user by object id in the source.");
}
