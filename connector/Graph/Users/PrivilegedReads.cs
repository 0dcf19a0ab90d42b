using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Graph.Users;

/// <summary>
/// Who holds an active directory role (docs/safety.md#protected-users, <c>ProtectPrivileged</c>): role assignments with groups resolved; where those cannot be
/// read completely, the registration report's <c>isAdmin</c>; else no one can say.
/// </summary>
internal sealed class PrivilegedReads(GraphConnection connection)
{
    public async ValueTask<PrivilegedReading> ReadAsync(CancellationToken cancellation)
    {
        PrivilegedReading byRoles = await ByRolesAsync(expand: true, cancellation).ConfigureAwait(false);
        // A server that does not know $expand is asked without; groups are then found by asking for their members.
        if (byRoles is PrivilegedReading.Unreadable { Error.Kind: ErrorKind.Refused or ErrorKind.InvalidValue })
        {
            byRoles = await ByRolesAsync(expand: false, cancellation).ConfigureAwait(false);
        }

        // What is not Microsoft Graph's answer says nothing of the roles, so the report must not stand in for them.
        if (byRoles is PrivilegedReading.Known or PrivilegedReading.Unreadable { Error.Kind: ErrorKind.UnreadableAnswer }) return byRoles;
        PrivilegedReading byReport = await ByReportAsync(cancellation).ConfigureAwait(false);
        // The roles' error names the permission that is worth granting.
        return byReport is PrivilegedReading.Known ? byReport : byRoles;
    }

    private async ValueTask<PrivilegedReading> ByRolesAsync(bool expand, CancellationToken cancellation)
    {
        ImmutableHashSet<string>.Builder uids = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, PrincipalType> principals = new(StringComparer.OrdinalIgnoreCase);
        await foreach (PageAnswer<RoleGrant> page in connection.Sdk.ListAsync(RoleGrants.Ask(connection.Addresses, "roleAssignments", expand),
            Purpose.ReadRoles, RoleGrants.List, cancellation).ConfigureAwait(false))
        {
            if (page.Error is { } error) return new PrivilegedReading.Unreadable(error);
            foreach (RoleGrant grant in page.Entries)
            {
                (string holder, PrincipalType type, _) = grant;
                if (!principals.TryGetValue(holder, out PrincipalType known) || known == PrincipalType.Unknown) principals[holder] = type;
            }
        }

        foreach ((string id, PrincipalType type) in principals)
        {
            switch (type)
            {
                case PrincipalType.User:
                    uids.Add(id);
                    break;
                case PrincipalType.Application:
                    break;
                case PrincipalType.Group:
                case PrincipalType.Unknown:
                    // It may be a user, so it is protected; and it may be a group, so its members are.
                    if (type == PrincipalType.Unknown) uids.Add(id);
                    if (await MembersAsync(id, uids, cancellation).ConfigureAwait(false) is { } failed) return new PrivilegedReading.Unreadable(failed);
                    break;
            }
        }

        return new PrivilegedReading.Known(uids.ToImmutable(), "role assignments");
    }

    private async ValueTask<ServiceError?> MembersAsync(string group, ImmutableHashSet<string>.Builder uids, CancellationToken cancellation)
    {
        await foreach (PageAnswer<string> page in connection.Sdk.ListAsync(GroupMembers.All(connection.Addresses, group), Purpose.ReadGroup, GroupMembers.Ids,
            cancellation).ConfigureAwait(false))
        {
            if (page.Error is { } error) return error.Kind == ErrorKind.NotFound ? null : error;
            uids.UnionWith(page.Entries);
        }

        return null;
    }

    private async ValueTask<PrivilegedReading> ByReportAsync(CancellationToken cancellation)
    {
        ImmutableHashSet<string>.Builder uids = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (PageAnswer<string> page in connection.Sdk.ListAsync(
            connection.Sdk.Client.Reports.AuthenticationMethods.UserRegistrationDetails.ToGetRequestInformation(),
            Purpose.ReadReport, ReportedAdministrators.List, cancellation).ConfigureAwait(false))
        {
            if (page.Error is { } error) return new PrivilegedReading.Unreadable(error);
            uids.UnionWith(page.Entries);
        }

        return new PrivilegedReading.Known(uids.ToImmutable(), "registration report (isAdmin)");
    }
}
