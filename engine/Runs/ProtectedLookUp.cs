using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>Resolves the entries of <c>Protected</c> to object ids: from pages of the directory that are read anyway, and one by one.</summary>
public sealed class ProtectedLookUp
{
    /// <summary>Begins an entry that names a group by its object id.</summary>
    public const string GroupPrefix = "group:";

    private readonly ImmutableArray<(string Entry, UserKey? Key)> _entries;
    private readonly ImmutableArray<(string Entry, string Id)> _groups;
    private readonly ImmutableDictionary<string, string> _given;
    private readonly Dictionary<UserKey, string> _reasons = [];
    private readonly HashSet<UserKey> _seen = [];
    private readonly ImmutableDictionary<string, string>.Builder _users = ProtectedUsers.None.Why.ToBuilder();

    /// <param name="entries">Entries (user principal name, object id, <c>employeeId:…</c>, <c>mail:…</c> or <c>group:…</c>) and why.</param>
    public ProtectedLookUp(ImmutableDictionary<string, string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _given = entries;
        _groups = [.. entries.Keys.Where(IsGroup).Order(StringComparer.OrdinalIgnoreCase).Select(entry => (entry, entry[GroupPrefix.Length..].Trim()))];
        _entries = [.. entries.Keys.Where(entry => !IsGroup(entry)).Order(StringComparer.OrdinalIgnoreCase)
            .Select(entry => (entry, UserKey.TryParse(entry, out UserKey key) ? key : (UserKey?)null))];
        foreach ((string entry, UserKey? key) in _entries)
        {
            if (key is { } known) _reasons[known] = entries[entry];
        }
    }

    /// <summary>Whether an entry names a group.</summary>
    public static bool IsGroup(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.StartsWith(GroupPrefix, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Users of the tenant, as they come by.</summary>
    public void Observe(ImmutableArray<DirectoryUser> users)
    {
        if (_reasons.Count == 0) return;
        foreach (DirectoryUser user in users)
        {
            Observe(UserKeyKind.Name, user.Uid, user);
            Observe(UserKeyKind.Name, user.PrincipalName, user);
            Observe(UserKeyKind.EmployeeId, user.EmployeeId, user);
            Observe(UserKeyKind.Mail, user.Mail, user);
        }
    }

    /// <summary>Asks the tenant for each entry that was not seen. An entry that names several users protects all of them.</summary>
    /// <exception cref="TenantException">The tenant cannot be worked with at all.</exception>
    public async ValueTask<ProtectedUsers> EndAsync(IUserDirectory directory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ImmutableArray<string>.Builder notFound = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<NotCheckedEntry>.Builder notChecked = ImmutableArray.CreateBuilder<NotCheckedEntry>();
        foreach ((string entry, UserKey? given) in _entries)
        {
            if (given is not { } key)
            {
                notFound.Add(entry);
                continue;
            }

            if (_seen.Contains(key)) continue;
            switch (await directory.FindAsync(key, cancellation))
            {
                case DirectoryAnswer.Found { Users.IsEmpty: true }:
                    notFound.Add(entry);
                    break;
                case DirectoryAnswer.Found found:
                    foreach (DirectoryUser user in found.Users) Protect(key, user);
                    break;
                case DirectoryAnswer.Failed failed:
                    notChecked.Add(new NotCheckedEntry(entry, failed.Error));
                    break;
            }
        }

        foreach ((string entry, string id) in _groups)
        {
            switch (await directory.ReadMembersAsync(id, cancellation))
            {
                // A group without members that can be read may have hidden ones.
                case MembersReading.NoGroup or MembersReading.Known { Uids.IsEmpty: true }:
                    notFound.Add(entry);
                    break;
                case MembersReading.Known members:
                    foreach (string uid in members.Uids) Protect(uid, _given[entry] is { Length: > 0 } why ? why : $"a member of the group {id}");
                    break;
                case MembersReading.Unreadable unreadable:
                    notChecked.Add(new NotCheckedEntry(entry, unreadable.Error));
                    break;
            }
        }

        return new ProtectedUsers(_users.ToImmutable(), notFound.ToImmutable(), notChecked.ToImmutable());
    }

    private void Observe(UserKeyKind kind, string? value, DirectoryUser user)
    {
        if (value is null) return;
        UserKey key = new(kind, value);
        if (!_reasons.ContainsKey(key)) return;
        _seen.Add(key);
        Protect(key, user);
    }

    private void Protect(UserKey key, DirectoryUser user) => Protect(user.Uid, _reasons[key]);

    private void Protect(string uid, string why)
    {
        if (_users.GetValueOrDefault(uid) is not { Length: > 0 }) _users[uid] = why;
    }
}
