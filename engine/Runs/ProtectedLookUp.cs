using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>Resolves the entries of <c>Protected</c> to object ids: from pages of the directory that are read anyway, and one by one.</summary>
public sealed class ProtectedLookUp
{
    private readonly ImmutableArray<(string Entry, UserKey? Key)> _entries;
    private readonly Dictionary<UserKey, string> _reasons = [];
    private readonly HashSet<UserKey> _seen = [];
    private readonly ImmutableDictionary<string, string>.Builder _users = ProtectedUsers.None.Why.ToBuilder();

    /// <param name="entries">Entries (user principal name, object id, <c>employeeId:…</c> or <c>mail:…</c>) and why.</param>
    public ProtectedLookUp(ImmutableDictionary<string, string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = [.. entries.Keys.Order(StringComparer.OrdinalIgnoreCase)
            .Select(entry => (entry, UserKey.TryParse(entry, out UserKey key) ? key : (UserKey?)null))];
        foreach ((string entry, UserKey? key) in _entries)
        {
            if (key is { } known) _reasons[known] = entries[entry];
        }
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

    private void Protect(UserKey key, DirectoryUser user)
    {
        if (_users.GetValueOrDefault(user.Uid) is not { Length: > 0 }) _users[user.Uid] = _reasons[key];
    }
}
