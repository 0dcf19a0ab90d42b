using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Retiring;

/// <summary>Reads whose phones end. Nothing is read before a date is near.</summary>
public static class RetiringLookUp
{
    /// <param name="policy">What becomes of such phones.</param>
    /// <param name="terms">Dates and providers.</param>
    /// <param name="directory">The tenant's users and groups.</param>
    /// <param name="privileged">Who holds a directory role, where that was read already.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Null: nothing ends for anybody yet, or no one is to know.</returns>
    public static async ValueTask<RetiringPhones?> ReadAsync(RetiringPolicy policy, RetiringTerms terms, IUserDirectory directory,
        PrivilegedReading? privileged, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(directory);
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        if (policy == RetiringPolicy.Off || terms.Dates is not { } dates || !terms.IsNear(today)) return null;
        // Only a hold needs to be certain of the kind of tenant; a warning is right for most.
        if (policy == RetiringPolicy.Hold && !(await directory.ReadTraitsAsync(cancellation)).HasDates) return null;
        PrivilegedReading roles = privileged ?? await directory.ReadPrivilegedAsync(cancellation);
        return new RetiringPhones(policy, dates, today,
            await MembersAsync(terms.ProviderSms, directory, cancellation), await MembersAsync(terms.ProviderVoice, directory, cancellation),
            (roles as PrivilegedReading.Known)?.Uids.WithComparer(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Null: everybody, or a group could not be read.</summary>
    private static async ValueTask<ImmutableHashSet<string>?> MembersAsync(
        ImmutableArray<string> groups, IUserDirectory directory, CancellationToken cancellation)
    {
        ImmutableHashSet<string>.Builder uids = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string group in groups)
        {
            if (group.Equals(MethodTargets.AllUsers, StringComparison.OrdinalIgnoreCase)) return null;
            if (await directory.ReadMembersAsync(group, cancellation) is not MembersReading.Known members) return null;
            uids.UnionWith(members.Uids);
        }

        return uids.ToImmutable();
    }
}
