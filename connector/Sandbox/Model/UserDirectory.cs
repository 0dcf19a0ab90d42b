using System.Collections.Immutable;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Model;

/// <summary>A group with the ids of its direct members (users or groups).</summary>
public sealed record SandboxGroup(Guid Id, string DisplayName, ImmutableArray<Guid> Members)
{
    public GroupFacts Facts { get; init; } = new();
}

/// <summary>A directory role held by a user, a group or someone who is neither.</summary>
public sealed record SandboxRoleAssignment(string Id, Guid RoleDefinitionId, Guid PrincipalId);

/// <summary>The users by place, id and name. The place of a user never changes, so a page token stays good.</summary>
internal sealed class UserDirectory
{
    private readonly List<SandboxUser> _users = [];
    private readonly Dictionary<Guid, SandboxUser> _byId = [];
    private readonly Dictionary<string, SandboxUser> _byName = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<SandboxUser> Users => _users;
    public int Count => _byId.Count;
    public Dictionary<Guid, SandboxGroup> Groups { get; } = [];
    public List<SandboxRoleAssignment> Roles { get; } = [];
    /// <summary>Roles that may be activated.</summary>
    public List<SandboxRoleAssignment> Eligibilities { get; } = [];

    public void Reserve(int more)
    {
        _users.EnsureCapacity(_users.Count + more);
        _byId.EnsureCapacity(_byId.Count + more);
        _byName.EnsureCapacity(_byName.Count + more);
    }

    public void Add(SandboxUser user)
    {
        if (!_byName.TryAdd(user.UserPrincipalName, user))
            throw new SandboxSeedException($"The user principal name '{user.UserPrincipalName}' stands in the tenant twice; names are unique.");
        if (!_byId.TryAdd(user.Id, user))
        {
            _byName.Remove(user.UserPrincipalName);
            throw new SandboxSeedException($"The id '{user.Id}' of '{user.UserPrincipalName}' belongs to another user; give it an id of its own.");
        }
        _users.Add(user);
    }

    public void Remove(SandboxUser user)
    {
        user.Exists = false;
        _byId.Remove(user.Id);
        _byName.Remove(user.UserPrincipalName);
    }

    public void Rename(SandboxUser user, string name)
    {
        _byName.Remove(user.UserPrincipalName);
        user.UserPrincipalName = name;
        _byName[name] = user;
    }

    public SandboxUser? Find(string idOrName) =>
        Guid.TryParse(idOrName, out Guid id) ? _byId.GetValueOrDefault(id) : _byName.GetValueOrDefault(idOrName);

    public SandboxUser? Find(Guid id) => _byId.GetValueOrDefault(id);

    public SandboxGroup? FindGroup(string idOrName) =>
        Guid.TryParse(idOrName, out Guid id)
            ? Groups.GetValueOrDefault(id)
            : Groups.Values.FirstOrDefault(g => g.DisplayName.Equals(idOrName, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the user holds a role directly or through groups of any depth.</summary>
    public bool IsPrivileged(SandboxUser user) => Privileged().Contains(user.Id);

    /// <summary>Everybody with a role, directly or through groups.</summary>
    public HashSet<Guid> Privileged()
    {
        HashSet<Guid> ids = new HashSet<Guid>();
        foreach (SandboxRoleAssignment role in Roles)
        {
            ids.Add(role.PrincipalId);
            if (Groups.ContainsKey(role.PrincipalId)) ids.UnionWith(TransitiveMembers(role.PrincipalId));
        }
        return ids;
    }

    /// <summary>The groups that hold a principal, directly or through groups of any depth.</summary>
    public List<SandboxGroup> GroupsOf(Guid principal) =>
        [.. Groups.Values.Where(group => group.Id != principal && TransitiveMembers(group.Id).Contains(principal))];

    public HashSet<Guid> TransitiveMembers(Guid group)
    {
        HashSet<Guid> seen = new HashSet<Guid>();
        Stack<Guid> open = new Stack<Guid>([group]);
        while (open.TryPop(out Guid next))
            foreach (Guid member in Groups[next].Members)
                if (seen.Add(member) && Groups.ContainsKey(member)) open.Push(member);
        return seen;
    }
}
