namespace ProvisioningConnector.Engine.Model;

/// <summary>Whether a user is a direct member of one group: as read, or as wanted.</summary>
/// <param name="Group">Object id of the group.</param>
/// <param name="IsMember">Whether the user is, or is to be, a direct member of it.</param>
public sealed record GroupMembership(string Group, bool IsMember)
{
    public bool Equals(GroupMembership? other) => other is not null && IsMember == other.IsMember && IsOf(other.Group);

    /// <summary>Ids are compared ignoring case.</summary>
    public bool IsOf(string group) => string.Equals(Group, group, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(IsMember, StringComparer.OrdinalIgnoreCase.GetHashCode(Group));
}
