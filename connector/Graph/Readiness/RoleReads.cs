using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Users;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Who holds a directory role, or may activate one; groups are resolved.</summary>
internal sealed class RoleReads(GraphConnection connection, Func<string, CancellationToken, IAsyncEnumerable<FeedPage<string>>> members, Action count)
{
    /// <param name="list">Which list below <c>roleManagement/directory</c>.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<FeedPage<RoleHolder>> ReadAsync(string list, Purpose purpose, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A server that does not know $expand is asked without; groups are then found by asking for their members.
        (List<RoleGrant> grants, ServiceError? error) = await ListAsync(list, expand: true, purpose, cancellation).ConfigureAwait(false);
        if (error is { Kind: ErrorKind.Refused or ErrorKind.InvalidValue })
        {
            (grants, error) = await ListAsync(list, expand: false, purpose, cancellation).ConfigureAwait(false);
        }

        if (error is not null)
        {
            yield return new FeedPage<RoleHolder>([], error);
            yield break;
        }

        yield return new FeedPage<RoleHolder>([.. grants.Where(static grant => grant.Type is PrincipalType.User or PrincipalType.Unknown)
            .Select(static grant => new RoleHolder(grant.Principal, grant.IsGlobalAdministrator))]);
        foreach (IGrouping<string, RoleGrant> group in grants.Where(static grant => grant.Type is PrincipalType.Group or PrincipalType.Unknown)
            .GroupBy(static grant => grant.Principal, StringComparer.OrdinalIgnoreCase))
        {
            bool global = group.Any(static grant => grant.IsGlobalAdministrator);
            await foreach (FeedPage<string> page in members(group.Key, cancellation).ConfigureAwait(false))
            {
                yield return new FeedPage<RoleHolder>([.. page.Entries.Select(uid => new RoleHolder(uid, global))], page.Error);
                if (page.Error is not null) yield break;
            }
        }
    }

    private async ValueTask<(List<RoleGrant> Grants, ServiceError? Error)> ListAsync(
        string list, bool expand, Purpose purpose, CancellationToken cancellation)
    {
        List<RoleGrant> grants = [];
        await foreach (PageAnswer<RoleGrant> page in connection.Sdk.ListAsync(RoleGrants.Ask(connection.Addresses, list, expand), purpose,
            RoleGrants.List, cancellation).ConfigureAwait(false))
        {
            count();
            if (page.Error is { } error) return (grants, error);
            grants.AddRange(page.Entries);
        }

        return (grants, null);
    }
}
