using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Http;

/// <summary>
/// Sends a write. Sent again is only what was certainly not applied: 429, a refused token, a redirect to our own origin, and connections
/// that never came about. What something else than Microsoft Graph answers is in doubt, whatever its status. Once a write may have left it is
/// waited for, whatever the caller cancels: at most for RequestTimeout.
/// </summary>
internal sealed class WriteSender(GraphPipe pipe, Pacer pacer, RetryDelay again, GraphAddress addresses, RenewableTransport transport,
    GraphTenantOptions options)
{
    private const int MaxRedirects = 3;

    /// <param name="authority">Demanded immediately before each request leaves.</param>
    /// <param name="call">What to send.</param>
    /// <param name="cancellation">Ends the waiting before it leaves.</param>
    /// <param name="accepted">Sees an answer of success before it is given back.</param>
    public async ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, GraphCall call, CancellationToken cancellation, Action<GraphReply>? accepted = null)
    {
        int tries = 1;
        int redirects = 0;
        while (true)
        {
            Attempt attempt;
            using (PaceLease lease = await pacer.AcquireAsync(CallKind.Write, 1, cancellation).ConfigureAwait(false))
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    attempt = await pipe.SendAsync(call with { Leaving = authority.Demand }, CancellationToken.None, cancellation).ConfigureAwait(false);
                }
                catch (Exception e) when (e is SendBarredException or SendWithdrawnException or OperationCanceledException)
                {
                    lease.NeverLeft();
                    throw;
                }

                if (attempt.TryGetReply(out GraphReply? answer, out _)) Report(lease, answer);
                else if (attempt.NeverLeft) lease.NeverLeft();
            }

            if (!attempt.TryGetReply(out GraphReply? reply, out ServiceError? problem))
            {
                if (attempt.IsWithoutToken) return new WriteAnswer.NotSent(attempt.SentAt, problem);
                if (problem.Kind != ErrorKind.NoConnection) return new WriteAnswer.Ambiguous(attempt.SentAt, problem);
                if (tries++ >= options.Tries) return new WriteAnswer.NotSent(attempt.SentAt, problem);
                await again.WaitAsync(tries - 1, null, cancellation).ConfigureAwait(false);
                continue;
            }

            using (reply)
            {
                if (reply.IsSuccess)
                {
                    if (!AcceptedWrite.Holds(reply)) return new WriteAnswer.Ambiguous(attempt.SentAt, ServiceErrors.NotAccepted(reply, call.Purpose));
                    accepted?.Invoke(reply);
                    return new WriteAnswer.Accepted(attempt.SentAt, reply.RequestId, SmsStateJson.Read(reply.Body));
                }

                if (reply.Status is >= 300 and <= 399 && reply.Location is { } link)
                {
                    if (!addresses.TryRoute(link, call.Address,
                        out Uri routed)) return Answer(ServiceErrors.ForeignLink(link, call.Purpose) with
                        {
                            Status = reply.Status,
                            RequestId = reply.RequestId
                        });
                    if (SaysNotHere(reply.Status) && ++redirects <= MaxRedirects)
                    {
                        call = call with { Address = routed };
                        continue;
                    }
                }

                if (reply.Status == 503) transport.Renew();
                ServiceError error = ServiceErrors.Classify(reply, call.Purpose);
                if (error.Kind == ErrorKind.Throttled) continue;
                return Answer(error);

                WriteAnswer Answer(ServiceError why) =>
                    InDoubt(reply.Status, why) ? new WriteAnswer.Ambiguous(attempt.SentAt, why) : new WriteAnswer.Refused(attempt.SentAt, why);
            }
        }
    }

    // Whatever its text says: a service that failed may have applied the write before (docs/safety.md#outcomes). 501 is a refusal. So may anyone who
    // is not Graph, and anyone who redirects in a way that is also the answer to a form that was taken.
    private static bool InDoubt(int status, ServiceError error) =>
        error.Kind == ErrorKind.UnreadableAnswer || status == 408 || (status >= 500 && status != 501) || (status is >= 300 and <= 399 && !SaysNotHere(status));

    private static bool SaysNotHere(int status) => status is 307 or 308;

    private static void Report(PaceLease lease, GraphReply reply)
    {
        if (reply.Status == 429) lease.Throttled(reply.Signal);
        else lease.Succeeded(reply.Signal);
    }
}
