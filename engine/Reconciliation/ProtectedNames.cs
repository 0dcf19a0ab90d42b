using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>
/// Finds entries of <c>Protected</c> that name nobody in the tenant: misspelt, or a user who was renamed or removed. Such an entry
/// protects nobody, and whoever wrote it believes otherwise.
/// </summary>
/// <param name="names">The entries: principal names or object ids.</param>
public sealed class ProtectedNames(IEnumerable<string> names)
{
    private readonly SortedSet<string> _unseen = new(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Entries that nobody was seen for.</summary>
    public ImmutableArray<string> Unseen => [.. _unseen];

    /// <summary>Users of the tenant, as they come by.</summary>
    public void See(ImmutableArray<DirectoryUser> users)
    {
        if (_unseen.Count == 0) return;
        foreach (DirectoryUser user in users)
        {
            _unseen.Remove(user.Uid);
            if (user.PrincipalName is { } name) _unseen.Remove(name);
        }
    }

    /// <summary>Asks the tenant for each entry that is left. Where it gives no trustworthy answer, nothing is said of the entry.</summary>
    public async ValueTask LookUpAsync(IUserDirectory directory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(directory);
        foreach (string name in Unseen)
        {
            bool nobody = !UserKey.TryParse(name, out UserKey key) || await directory.FindAsync(key, cancellation) is DirectoryAnswer.Found { Users.IsEmpty: true };
            if (!nobody) _unseen.Remove(name);
        }
    }

    /// <summary>A warning for each entry that nobody was seen for.</summary>
    public IEnumerable<Diagnostic> Told() => _unseen.Select(static name => Diagnostic.Warning("protectedNobody", Words(name)));

    /// <summary>What to say of an entry that names nobody.</summary>
    public static string Words(string name) =>
        $"Protected names '{name}', whom the tenant does not have, so this entry protects nobody. Write the present user principal name or the object id, or remove the entry.";
}
