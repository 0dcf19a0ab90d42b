using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>Who is in which group. Each group is read once, before anybody is judged; one that cannot be read makes membership unknown.</summary>
internal sealed class GroupSets(IReadinessReader reader, UnknownColumns unknown)
{
    private readonly Dictionary<string, ByUid<bool>?> _groups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the groups that are not known yet.</summary>
    /// <param name="column">What is unknown when one cannot be read.</param>
    /// <param name="ids">Groups; ids of people do no harm, they are groups that do not exist.</param>
    /// <param name="cancellation">Stops.</param>
    public async ValueTask ReadAsync(string column, IEnumerable<string> ids, CancellationToken cancellation)
    {
        foreach (string id in ids.Where(static id => !IsEverybody(id)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!_groups.ContainsKey(id)) _groups[id] = await OneAsync(column, id, cancellation);
        }
    }

    /// <summary>Whether a person is in one of the groups, or named themselves; null: not known.</summary>
    public bool? Contains(ImmutableArray<string> ids, string uid)
    {
        bool known = true;
        foreach (string id in ids)
        {
            if (IsEverybody(id) || string.Equals(id, uid, StringComparison.OrdinalIgnoreCase)) return true;
            if (!_groups.TryGetValue(id, out ByUid<bool>? members)) throw new InvalidOperationException("A group is read before it is asked for.");
            if (members is null) known = false;
            else if (members.Contains(uid)) return true;
        }

        return known ? false : null;
    }

    /// <summary>Whether a method is on for a person; exclusion wins.</summary>
    public bool? Contains(MethodTargets targets, string uid)
    {
        if (!targets.Enabled) return false;
        bool? included = Contains(targets.Include, uid);
        if (included == false) return false;
        bool? excluded = Contains(targets.Exclude, uid);
        if (excluded == true) return false;
        return included == true && excluded == false ? true : null;
    }

    private async ValueTask<ByUid<bool>?> OneAsync(string column, string id, CancellationToken cancellation)
    {
        ByUid<bool> members = new();
        await foreach (FeedPage<string> page in reader.MembersAsync(id, cancellation))
        {
            if (page.Error is { } error)
            {
                unknown.Add(column, error);
                return null;
            }

            foreach (string uid in page.Entries) members[uid] = true;
        }

        return members;
    }

    private static bool IsEverybody(string id) => string.Equals(id, MethodTargets.AllUsers, StringComparison.OrdinalIgnoreCase);
}
