using System.Runtime.CompilerServices;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Users;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Who holds a directory role, or may activate one; groups are resolved.</summary>
internal sealed class RoleReads(GraphSdk sdk, Func<string, CancellationToken, IAsyncEnumerable<FeedPage<string>>> members, Action count)
{
    /// <param name="ask">Asks for the list, with what is to be expanded.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="list">Which list.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<FeedPage<RoleHolder>> ReadAsync<TModel>(Func<string[], RequestInformation> ask, Purpose purpose,
        SdkList<TModel, RoleGrant> list, [EnumeratorCancellation] CancellationToken cancellation)
        where TModel : IParsable
    {
        // A server that does not know $expand is asked without; groups are then found by asking for their members.
        (List<RoleGrant> grants, ServiceError? error) = await ListAsync(ask(["principal"]), purpose, list, cancellation).ConfigureAwait(false);
        if (error is { Kind: ErrorKind.Refused or ErrorKind.InvalidValue })
        {
            (grants, error) = await ListAsync(ask([]), purpose, list, cancellation).ConfigureAwait(false);
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

    private async ValueTask<(List<RoleGrant> Grants, ServiceError? Error)> ListAsync<TModel>(
        RequestInformation first, Purpose purpose, SdkList<TModel, RoleGrant> list, CancellationToken cancellation)
        where TModel : IParsable
    {
        List<RoleGrant> grants = [];
        await foreach (PageAnswer<RoleGrant> page in sdk.ListAsync(first, purpose, list, cancellation).ConfigureAwait(false))
        {
            count();
            if (page.Error is { } error) return (grants, error);
            grants.AddRange(page.Entries);
        }

        return (grants, null);
    }
}
