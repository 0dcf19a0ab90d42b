using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>What was read of a group that people are to be put into. What could not be read is null, and never stands for "none".</summary>
public sealed record GroupTraits
{
    public bool? Security { get; init; }

    public bool? Mail { get; init; }

    /// <summary>Whether a rule or Microsoft 365 decides on its members.</summary>
    public bool? Dynamic { get; init; }

    public bool? OnPremises { get; init; }

    public bool? RoleAssignable { get; init; }

    /// <summary>Products whose licences its members get.</summary>
    public int? Licences { get; init; }

    /// <summary>Applications that its members are assigned to.</summary>
    public int? Applications { get; init; }

    /// <summary>Groups that hold it, at any depth: what they confer its members get too.</summary>
    public int? Parents { get; init; }

    /// <summary>Conditional Access policies that name it, in force or not.</summary>
    public int? Policies { get; init; }
}

/// <summary>Whether a group confers nothing but the invitation (docs/retirement.md#invite). Pure.</summary>
public static class InviteGroupRules
{
    /// <summary>What speaks against the group; empty: nothing does.</summary>
    public static ImmutableArray<string> Problems(GroupTraits group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return
        [
            .. Must(group.Security, true, "a security group"), .. Must(group.Mail, false, "mail-enabled"), .. Must(group.Dynamic, false, "dynamic"),
            .. Must(group.OnPremises, false, "synchronised from a directory on premises"), .. Must(group.RoleAssignable, false, "assignable to roles"),
            .. None(group.Licences, "licences", "Group.Read.All or Directory.Read.All"),
            .. None(group.Applications, "assignments to applications", "Directory.Read.All"),
            .. None(group.Parents, "groups that hold it", "GroupMember.Read.All"),
            .. None(group.Policies, "Conditional Access policies that name it", "Policy.Read.ConditionalAccess"),
        ];
    }

    private static IEnumerable<string> Must(bool? value, bool wanted, string what)
    {
        if (value == wanted) yield break;
        yield return value is null ? $"Whether it is {what} could not be read." : wanted ? $"It is not {what}." : $"It is {what}.";
    }

    private static IEnumerable<string> None(int? count, string what, string permission)
    {
        if (count == 0) yield break;
        yield return count is { } known ? FormattableString.Invariant($"It has {what}: {known}.") : $"Its {what} could not be read; grant {permission}.";
    }
}
