using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Users;

namespace ProvisioningConnector.Graph.Reading;

/// <summary>
/// Whether a user is a direct member of a group (docs/graph.md#group-membership). The group is asked for this one member; a service that refuses the filter is
/// asked for all of them from then on. Ids are compared here, so that a service that ignores the filter does no harm.
/// </summary>
internal sealed class MembershipReads(GraphConnection connection)
{
    private volatile bool _noFilter;

    /// <summary>The reading with the membership that it was asked for. What the service refuses stays unread; after a problem that passes there is no
    /// state.</summary>
    public async ValueTask<MethodsReading> CompleteAsync(UserRead user, MethodsReading reading, CancellationToken cancellation)
    {
        if (user.Group is not { } group || reading is not MethodsReading.Complete complete) return reading;
        Reading<GroupMembership> membership = await ReadAsync(group, user.Uid, cancellation).ConfigureAwait(false);
        if (membership.TryGet(out GroupMembership? known, out ServiceError? error))
        {
            return new MethodsReading.Complete(complete.Methods with { Membership = known });
        }

        return error.Kind is ErrorKind.Refused or ErrorKind.InvalidValue or ErrorKind.NotFound or ErrorKind.Forbidden or ErrorKind.Licence
            ? complete : new MethodsReading.Failed(error);
    }

    private async ValueTask<Reading<GroupMembership>> ReadAsync(string group, string uid, CancellationToken cancellation)
    {
        if (!_noFilter)
        {
            Reading<GroupMembership> one = await AskAsync(group, $"?$filter=id%20eq%20{UserUrl.Quoted(uid)}&$select=id", uid, cancellation)
                .ConfigureAwait(false);
            if (one.TryGet(out _, out ServiceError? error) || error.Kind is not (ErrorKind.Refused or ErrorKind.InvalidValue)) return one;
            _noFilter = true;
        }

        return await AskAsync(group, "?$select=id&$top=999", uid, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<Reading<GroupMembership>> AskAsync(string group, string query, string uid, CancellationToken cancellation)
    {
        RequestInformation info = new()
        {
            HttpMethod = Method.GET, URI = connection.Addresses.V1($"groups/{Uri.EscapeDataString(group)}/members{query}"),
        };
        await foreach (PageAnswer<string> page in connection.Sdk.ListAsync(info, Purpose.ReadGroup, GroupMembers.Ids, cancellation).ConfigureAwait(false))
        {
            if (page.Error is { } error) return new Reading<GroupMembership>(error);
            if (page.Entries.Contains(uid, StringComparer.OrdinalIgnoreCase)) return new Reading<GroupMembership>(new GroupMembership(group, IsMember: true));
        }

        return new Reading<GroupMembership>(new GroupMembership(group, IsMember: false));
    }
}
