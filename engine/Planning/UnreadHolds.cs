namespace ProvisioningConnector.Engine.Planning;

/// <summary>The wording of holds on kinds that a reading does not cover. They do not stand: they need a look where this program has none.</summary>
internal static class UnreadHolds
{
    /// <param name="kind">The name of the kind.</param>
    public static HoldReason NotOffered(string kind) => new(HoldCodes.NotOffered, Standing: false,
        $"Whether the user has a method of kind {kind} cannot be read: this cloud has no list of them, or the service refused it. "
        + "Nothing of this kind was changed, and it is counted nowhere. Look at the user in the Entra admin center; "
        + "where the list was refused, grant the application the permission to read it (UserAuthenticationMethod.Read.All).");

    /// <summary>A group of which it cannot be read whether the user is in it.</summary>
    public static HoldReason Membership { get; } = new(HoldCodes.FactUnknown, Standing: false,
        "Whether the user is a member of the group could not be read. Check that the group exists (Migration:InviteGroup), and grant GroupMember.Read.All.");
}
