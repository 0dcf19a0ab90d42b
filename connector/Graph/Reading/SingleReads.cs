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

/// <summary>Reads one user by plain requests, page after page, collection after collection.</summary>
internal sealed class SingleReads(GraphConnection connection)
{
    private const int MaxPages = 50;

    public async ValueTask<MethodsReading> ReadAsync(UserRead user, CancellationToken cancellation, PaceLease? lease = null)
    {
        MethodsDraft draft = new();
        string root = UserPath.Of(user.Uid) + "/authentication/";
        if (connection.Options.Cloud.ListsAllMethods())
        {
            return await ListAsync(connection.Addresses.V1(root + "methods"), draft, EntryType.Missing, default, lease, cancellation).ConfigureAwait(false)
                ?? await FinishAsync(user, draft, null, null, cancellation).ConfigureAwait(false);
        }

        // China: no list of all methods (docs/graph.md#national-clouds).
        return await ListAsync(connection.Addresses.V1(root + "phoneMethods"), draft, EntryType.Phone, default, lease, cancellation).ConfigureAwait(false)
            ?? await ListAsync(connection.Addresses.V1(root + "microsoftAuthenticatorMethods"),
                draft, EntryType.Other, MethodKind.MicrosoftAuthenticator, null, cancellation).ConfigureAwait(false)
            ?? await FinishAsync(user, draft, null, null, cancellation).ConfigureAwait(false);
    }

    /// <summary>What is left after the first page came (by itself or in a batch): further pages and hardware OATH.</summary>
    public async ValueTask<MethodsReading> FinishAsync(UserRead user, MethodsDraft draft, string? next, string? requestId, CancellationToken cancellation)
    {
        if (next is not null)
        {
            Uri asked = connection.Addresses.V1(UserPath.Of(user.Uid) + "/authentication/methods");
            if (!connection.Addresses.TryRoute(next, asked,
                out Uri routed)) return new MethodsReading.Failed(ServiceErrors.ForeignLink(next, Purpose.ReadMethods));
            if (await ListAsync(routed, draft, EntryType.Missing, default, null, cancellation).ConfigureAwait(false) is { } failed) return failed;
        }

        if (user.HardwareOath && draft.Spoilt is null && !draft.Masked)
        {
            Uri address = connection.Addresses.Beta(UserPath.Of(user.Uid) + "/authentication/hardwareOathMethods");
            if (await ListAsync(address, draft, EntryType.Other, MethodKind.HardwareOath, null, cancellation)
                .ConfigureAwait(false) is { } failed) return failed;
            draft.HardwareOathRead = true;
        }

        return Reading(draft, requestId, null);
    }

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
            if (!answer.TryGet(out GraphReply? reply, out ServiceError? error)) return Failure(error, draft, kind);
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

    // 404 on the first list of a user is about the user; on hardware OATH (beta) it may only mean that there is no beta.
    private static MethodsReading Failure(ServiceError error, MethodsDraft draft, MethodKind kind) =>
        error.Kind == ErrorKind.NotFound && kind != MethodKind.HardwareOath && draft is { Spoilt: null }
            ? new MethodsReading.NoUser(error)
            : new MethodsReading.Failed(error);
}
