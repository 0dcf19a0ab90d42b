using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Http;

/// <summary>
/// Sends what only reads (GET, and batches of GETs). A 429 goes back to the gate as often as it takes; 5xx, 408, broken connections,
/// time-outs and answers that are not Microsoft Graph's are tried again a few times; redirects are followed where links may be.
/// </summary>
internal sealed class ReadSender(GraphPipe pipe, Pacer pacer, RetryDelay again, GraphAddress addresses, RenewableTransport transport,
    GraphTenantOptions options)
{
    private const int MaxRedirects = 5;

    public Pacer Pacer => pacer;

    public async ValueTask<ReadAnswer> SendAsync(GraphCall call, CancellationToken cancellation) =>
        await SendAsync(call, await pacer.AcquireAsync(CallKind.Read, 1, cancellation).ConfigureAwait(false), null, cancellation).ConfigureAwait(false);

    /// <summary>Sends with a lease that was already taken; further tries cost the same.</summary>
    /// <param name="call">What to send.</param>
    /// <param name="lease">The right to send; ended here.</param>
    /// <param name="meter">Finds the refused items in a batch's answer; null for single requests.</param>
    /// <param name="cancellation">Ends waiting and sending.</param>
    public async ValueTask<ReadAnswer> SendAsync(GraphCall call, PaceLease lease, Func<GraphReply, ItemsThrottled>? meter, CancellationToken cancellation)
    {
        int cost = lease.Cost;
        int redirects = 0;
        for (int tries = 1; ; lease = await pacer.AcquireAsync(CallKind.Read, cost, cancellation).ConfigureAwait(false))
        {
            Attempt attempt;
            using (lease)
            {
                attempt = await pipe.SendAsync(call, cancellation).ConfigureAwait(false);
                if (attempt.TryGetReply(out GraphReply? answer, out _)) Report(lease, answer, meter);
                else if (attempt.NeverLeft) lease.NeverLeft();
            }

            TimeSpan? reported = null;
            if (attempt.TryGetReply(out GraphReply? reply, out ServiceError? error))
            {
                // Older services answer a batch with throttled items 424 as a whole; its items are what counts (docs/graph.md#batches).
                bool answers = reply.IsSuccess || (reply.Status == 424 && meter is not null);
                if (answers && reply.BodyProblem is null) return ReadAnswer.From(reply);
                using (reply)
                {
                    if (reply.Status is >= 300 and <= 399 && reply.Location is { } link)
                    {
                        if (!addresses.TryRoute(link, call.Address, out Uri routed)) return ReadAnswer.From(ServiceErrors.ForeignLink(link, call.Purpose));
                        if (++redirects > MaxRedirects) return ReadAnswer.From(ServiceErrors.Endless(call.Purpose, "the service redirects again and again"));
                        call = call with { Address = routed };
                        continue;
                    }

                    if (reply.Status == 503) transport.Renew();
                    reported = reply.Signal.RetryAfter;
                    error = reply.IsSuccess ? ServiceErrors.Unreadable(call.Purpose, reply.BodyProblem ?? "", reply)
                        : ServiceErrors.Classify(reply, call.Purpose);
                    if (error.Kind == ErrorKind.Throttled) continue;
                    if (!MayPass(reply, error, meter is not null)) return ReadAnswer.From(error);
                }
            }
            else if (attempt.IsWithoutToken)
            {
                return ReadAnswer.From(error);
            }

            if (tries++ >= options.Tries) return ReadAnswer.From(error);
            await again.WaitAsync(tries - 1, reported, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether another try may fare better. A 401 was sent twice already; a batch that
    /// is not Graph's to answer is read user by user instead.</summary>
    private static bool MayPass(GraphReply reply, ServiceError error, bool isBatch) =>
        reply.IsSuccess || reply.Status is 408 or 429 || (reply.Status >= 500 && reply.Status != 501)
        || (error.Kind == ErrorKind.UnreadableAnswer && reply.Status != 401 && !isBatch);

    private static void Report(PaceLease lease, GraphReply reply, Func<GraphReply, ItemsThrottled>? meter)
    {
        if (reply.Status == 429)
        {
            lease.Throttled(reply.Signal);
            return;
        }

        ItemsThrottled items = meter is null ? default : meter(reply);
        ThrottleSignal signal = items.Merge(reply.Signal);
        if (items.Count > 0) lease.Throttled(signal, Math.Min(items.Count, lease.Cost));
        else lease.Succeeded(signal);
    }
}
