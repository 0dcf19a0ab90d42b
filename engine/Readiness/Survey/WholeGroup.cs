using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>A group that is needed as a whole: half of its members is none.</summary>
public static class WholeGroup
{
    /// <summary>Object ids of all members, through any depth, compared ignoring case; a group that does not exist is empty.</summary>
    /// <param name="reader">Reads the group.</param>
    /// <param name="group">Its object id.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="TenantException">The group cannot be read to its end.</exception>
    public static async Task<IReadOnlySet<string>> ReadAsync(IReadinessReader reader, string group, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        HashSet<string> members = new(StringComparer.OrdinalIgnoreCase);
        await foreach (FeedPage<string> page in reader.MembersAsync(group, cancellation))
        {
            if (page.Error is { } error) throw new TenantException(error);
            members.UnionWith(page.Entries);
        }

        return members;
    }
}
