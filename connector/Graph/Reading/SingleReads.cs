using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Reading;

/// <summary>
/// Reads one user by plain requests, page after page, collection after collection. Without the phones there is no state; a kind whose own list the
/// service refuses stays unread (docs/design.md#complete-state). Answers are read by hand: the SDK's models would take an odd one for a user without
/// phones (docs/graph.md#how-the-sdk-is-used).
/// </summary>
internal sealed class SingleReads(GraphConnection connection)
{
    private const int MaxPages = 50;

    /// <summary>A user of whom nothing is read yet.</summary>
    public MethodsDraft Draft() => new(connection.Options.Cloud.Covered());

    /// <summary>Whether lists beside the first are to be read.</summary>
    public bool NeedsMore(UserRead user) => OnDemand(user) != KindSet.None;

    public async ValueTask<MethodsReading> ReadAsync(UserRead user, CancellationToken cancellation, PaceLease? lease = null)
    {
        string root = UserUrl.From(user.Uid) + "/authentication/";
        if (connection.Options.Cloud.ListsAllMethods())
        {
            MethodsDraft draft = Draft();
            return await ListAsync(connection.Addresses.V1(root + "methods"), draft, EntryType.Missing, default, lease, cancellation).ConfigureAwait(false)
                ?? await FinishAsync(user, draft, null, null, cancellation).ConfigureAwait(false);
        }

        // China: no list of all methods (docs/graph.md#national-clouds).
        MethodsDraft phones = new(KindSet.None);
        return await ListAsync(connection.Addresses.V1(root + "phoneMethods"), phones, EntryType.Phone, default, lease, cancellation).ConfigureAwait(false)
            ?? await KindAsync(user.Uid, MethodKind.MicrosoftAuthenticator, phones, cancellation).ConfigureAwait(false)
            ?? await FinishAsync(user, phones, null, null, cancellation).ConfigureAwait(false);
    }

    /// <summary>What is left after the first page came (by itself or in a batch): further pages, and the lists of kinds that are asked for.</summary>
    public async ValueTask<MethodsReading> FinishAsync(UserRead user, MethodsDraft draft, string? next, string? requestId, CancellationToken cancellation)
    {
        if (next is not null)
        {
            Uri asked = connection.Addresses.V1(UserUrl.From(user.Uid) + "/authentication/methods");
            if (!connection.Addresses.TryRoute(next, asked,
                out Uri routed)) return new MethodsReading.Failed(ServiceErrors.ForeignLink(next, Purpose.ReadMethods));
            if (await ListAsync(routed, draft, EntryType.Missing, default, null, cancellation).ConfigureAwait(false) is { } failed) return failed;
        }

        foreach (MethodKind kind in OnDemand(user).Kinds())
        {
            if (draft.Spoilt is not null || draft.Masked) break;
            if (await KindAsync(user.Uid, kind, draft, cancellation).ConfigureAwait(false) is { } failed) return failed;
        }

        return Reading(draft, requestId, null);
    }

    private KindSet OnDemand(UserRead user) => user.Also & connection.Options.Cloud.OnDemand();

    /// <summary>Reads the list of one kind; null when it was read, or the service refused it, so that the kind stays unread.</summary>
    private async ValueTask<MethodsReading?> KindAsync(string uid, MethodKind kind, MethodsDraft draft, CancellationToken cancellation)
    {
        string path = $"{UserUrl.From(uid)}/authentication/{KindLists.Segment(kind)}";
        Uri address = KindLists.IsBeta(kind) ? connection.Addresses.Beta(path) : connection.Addresses.V1(path);
        MethodsReading? problem = KindLists.IsSingle(kind)
            ? await SingleAsync(address, draft, kind, cancellation).ConfigureAwait(false)
            : await ListAsync(address, draft, EntryType.Other, kind, null, cancellation).ConfigureAwait(false);
        if (problem is null) draft.Cover(kind);
        return IsRefusal(problem) ? null : problem;
    }

    /// <summary>Reads the one method of a kind; a 404 that does not speak of the address means that the user has none.</summary>
    private async ValueTask<MethodsReading?> SingleAsync(Uri address, MethodsDraft draft, MethodKind kind, CancellationToken cancellation)
    {
        using ReadAnswer answer = await connection.Reads.SendAsync(GraphCall.Get(address, Purpose.ReadMethods), cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out GraphReply? reply, out ServiceError? error))
        {
            return error.Kind == ErrorKind.NotFound ? null : new MethodsReading.Failed(error);
        }

        MethodsPage.ReadSingle(reply.Body, draft, kind);
        return draft.Spoilt is null ? null : Reading(draft, reply.RequestId, reply);
    }

    /// <summary>Whether the service itself said that it has no such list here, or not for this caller. A 404 too: the user was found before.</summary>
    private static bool IsRefusal(MethodsReading? problem) => problem is MethodsReading.Failed { Error.Kind: var kind } && kind switch
    {
        ErrorKind.Refused or ErrorKind.InvalidValue or ErrorKind.NotFound or ErrorKind.DisabledByPolicy or ErrorKind.Licence or ErrorKind.B2C
            or ErrorKind.Forbidden => true,
        ErrorKind.AlreadyExists or ErrorKind.NumberNotUnique or ErrorKind.DefaultMethod or ErrorKind.AlternateMobileFirst or ErrorKind.MobileFirst
            or ErrorKind.Unauthenticated or ErrorKind.Throttled or ErrorKind.ServiceFailure or ErrorKind.TimedOut or ErrorKind.ConnectionBroken
            or ErrorKind.NoConnection or ErrorKind.UnreadableAnswer or ErrorKind.ForeignLink or ErrorKind.Masked => false,
    };

    private static MethodsReading Reading(MethodsDraft draft, string? requestId, GraphReply? reply)
    {
        if (draft.Spoilt is { } why)
        {
            return new MethodsReading.Failed(reply is null
                ? ServiceErrors.Unreadable(Purpose.ReadMethods, why, null, requestId) : ServiceErrors.Unreadable(Purpose.ReadMethods, why, reply));
        }

        return draft.Masked ? new MethodsReading.Failed(ServiceErrors.Masked(requestId)) : new MethodsReading.Complete(draft.Finish());
    }

    /// <summary>Reads a list with all its pages; null when it was read.</summary>
    private async ValueTask<MethodsReading?> ListAsync(Uri address, MethodsDraft draft, EntryType type,
        MethodKind kind, PaceLease? lease, CancellationToken cancellation)
    {
        HashSet<string>? visited = null;
        for (int page = 1; page <= MaxPages; page++)
        {
            GraphCall call = GraphCall.Get(address, Purpose.ReadMethods);
            using ReadAnswer answer = lease is null
                ? await connection.Reads.SendAsync(call, cancellation).ConfigureAwait(false)
                : await connection.Reads.SendAsync(call, lease, null, cancellation).ConfigureAwait(false);
            lease = null;
            if (!answer.TryGet(out GraphReply? reply, out ServiceError? error)) return Failure(error, draft, type);
            string? next = MethodsPage.Read(reply.Body, draft, type, kind);
            if (draft.Spoilt is not null || draft.Masked) return Reading(draft, reply.RequestId, reply);
            if (next is null) return null;
            if (!connection.Addresses.TryRoute(next, address,
                out Uri routed)) return new MethodsReading.Failed(ServiceErrors.ForeignLink(next, Purpose.ReadMethods));
            visited ??= new HashSet<string>(StringComparer.Ordinal) { address.AbsoluteUri };
            if (!visited.Add(routed.AbsoluteUri)) return new MethodsReading.Failed(ServiceErrors.Endless(Purpose.ReadMethods,
                "a page links to a page before it"));
            address = routed;
        }

        return new MethodsReading.Failed(ServiceErrors.Endless(Purpose.ReadMethods, $"there are more than {MaxPages} pages"));
    }

    // 404 on the first list of a user is about the user; on the list of one kind it means that there is no such list.
    private static MethodsReading Failure(ServiceError error, MethodsDraft draft, EntryType type) =>
        error.Kind == ErrorKind.NotFound && type != EntryType.Other && draft is { Spoilt: null }
            ? new MethodsReading.NoUser(error)
            : new MethodsReading.Failed(error);
}
