using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Runs.Retiring;

/// <summary>People for whom policy <c>Phones</c> is <c>Retired</c> because of a group (docs/retirement.md#keep-removed-phones-away).</summary>
/// <param name="Uids">Object ids.</param>
/// <param name="IsEverybody">A group could not be read, so that anybody may be in it; or a setting names everybody.</param>
public sealed record RetiredPeople(ImmutableHashSet<string> Uids, bool IsEverybody)
{
    public static RetiredPeople None { get; } = new(ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase), false);

    /// <summary>Reads the groups.</summary>
    public static async ValueTask<RetiredPeople> ReadAsync(ImmutableArray<string> groups, IUserDirectory directory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ImmutableHashSet<string>.Builder uids = None.Uids.ToBuilder();
        foreach (string group in groups)
        {
            if (group.Equals(MethodTargets.AllUsers, StringComparison.OrdinalIgnoreCase)
                || await directory.ReadMembersAsync(group, cancellation) is not MembersReading.Known members) return None with { IsEverybody = true };
            uids.UnionWith(members.Uids);
        }

        return new RetiredPeople(uids.ToImmutable(), false);
    }

    /// <summary>The policy for a user.</summary>
    public PlanningPolicy For(PlanningPolicy policy, DirectoryUser? user)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return IsEverybody || (user is not null && Uids.Contains(user.Uid)) ? policy with { Phones = PhonesPolicy.Retired } : policy;
    }
}
