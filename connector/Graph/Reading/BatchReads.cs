using System.Collections.Immutable;
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
/// Reads several users in one <c>$batch</c> (docs/graph.md#batches). Items that give no clear answer (throttled, missing, 5xx, unreadable) are read
/// again alone, the others are kept. A server that does not speak <c>$batch</c> is asked user by user from then on.
/// Written and read by hand: the SDK's batches cost five times as much, and lose the headers of a batch that is refused (docs/graph.md#how-the-sdk-is-used).
/// </summary>
internal sealed class BatchReads(GraphConnection connection, SingleReads single, TimeProvider time)
{
    private volatile bool _refused;

    public async ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation)
    {
        MethodsReading?[] readings = new MethodsReading?[users.Length];
        List<Task> alone = [];
        for (int done = 0; done < users.Length;)
        {
            if (_refused || !connection.Options.UseBatch || !connection.Options.Cloud.ListsAllMethods())
            {
                alone.Add(AloneAsync(users[done], readings, done, cancellation));
                done++;
                continue;
            }

            PaceLease lease = await connection.Reads.Pacer.AcquireUpToAsync(CallKind.Read, users.Length - done, cancellation).ConfigureAwait(false);
            int count = lease.Cost;
            if (count == 1) readings[done] = await single.ReadAsync(users[done], cancellation, lease).ConfigureAwait(false);
            else await BatchAsync(users, done, count, lease, readings, alone, cancellation).ConfigureAwait(false);
            done += count;
        }

        await Task.WhenAll(alone).ConfigureAwait(false);
        return [.. readings.Select(static reading => reading ?? throw new InvalidOperationException("A user was left out of a batch."))];
    }

    private async Task AloneAsync(UserRead user, MethodsReading?[] readings, int at, CancellationToken cancellation) =>
        readings[at] = await single.ReadAsync(user, cancellation).ConfigureAwait(false);

    private async ValueTask BatchAsync(
        ImmutableArray<UserRead> users, int first, int count, PaceLease lease, MethodsReading?[] readings, List<Task> alone, CancellationToken cancellation)
    {
        string[] urls = new string[count];
        for (int i = 0; i < count; i++) urls[i] = "/" + UserUrl.From(users[first + i].Uid) + "/authentication/methods";
        GraphCall call = new(Azure.Core.RequestMethod.Post, connection.Addresses.V1("$batch"),
            Purpose.ReadMethods)
        { Body = BatchJson.Write(urls, connection.Options.LowPriority) };
        BatchResponseItem[] items = new BatchResponseItem[count];
        bool understood = false;
        using ReadAnswer answer = await connection.Reads.SendAsync(call, lease, Meter, cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out GraphReply? reply, out ServiceError? error))
        {
            if (error.Kind is ErrorKind.NoConnection or ErrorKind.Unauthenticated or ErrorKind.ForeignLink)
            {
                readings.AsSpan(first, count).Fill(new MethodsReading.Failed(error));
                return;
            }

            _refused |= error.Status is 400 or 404 or 405 or 415 or 501;
        }
        else if (!understood)
        {
            _refused = true;
        }

        for (int i = 0; i < count; i++)
        {
            int at = first + i;
            MethodsDraft? draft = null;
            string? next = null;
            if (reply is not null && understood && items[i] is { Status: 200, Length: > 0 } item)
            {
                draft = single.Draft();
                next = MethodsPage.Read(reply.Body.Slice(item.Start, item.Length), draft);
            }

            if (draft is { Spoilt: null })
            {
                UserRead user = users[at];
                if (next is null && !single.NeedsMore(user) && !draft.Masked) readings[at] = new MethodsReading.Complete(draft.Finish());
                else alone.Add(FinishAsync(user, draft, next, items[i].RequestId ?? reply?.RequestId, readings, at, cancellation));
            }
            else if (reply is not null && IsFinal(items[i], reply, out MethodsReading? reading))
            {
                readings[at] = reading;
            }
            else
            {
                alone.Add(AloneAsync(users[at], readings, at, cancellation));
            }
        }

        ItemsThrottled Meter(GraphReply whole)
        {
            understood = BatchJson.TryRead(whole.Body.Span, items, time.GetUtcNow());
            ItemsThrottled sum = default;
            foreach (BatchResponseItem item in items) sum = sum.And(item.Status, item.Signal);
            return sum;
        }
    }

    private async Task FinishAsync(UserRead user, MethodsDraft draft, string? next, string? requestId,
        MethodsReading?[] readings, int at, CancellationToken cancellation) =>
        readings[at] = await single.FinishAsync(user, draft, next, requestId, cancellation).ConfigureAwait(false);

    /// <summary>Errors that reading alone would only repeat: a clear 403, and a 404 whose text names the resource.</summary>
    private static bool IsFinal(BatchResponseItem item, GraphReply reply, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MethodsReading? reading)
    {
        reading = null;
        if (item.Status is not (403 or 404)) return false;
        ReadOnlyMemory<byte> body = item.Length > 0 ? reply.Body.Slice(item.Start, item.Length) : default;
        ErrorEnvelope envelope = ErrorEnvelope.Read(body);
        if (!envelope.IsGraphs) return false;
        ServiceError error = ServiceErrors.Classify(item.Status, body, Purpose.ReadMethods, item.RequestId ?? reply.RequestId);
        if (item.Status == 404 && !(error.Kind == ErrorKind.NotFound
            && ErrorTable.Find(0, envelope, Purpose.ReadMethods).Kind == ErrorKind.NotFound)) return false;
        reading = error.Kind == ErrorKind.NotFound ? new MethodsReading.NoUser(error) : new MethodsReading.Failed(error);
        return true;
    }
}
