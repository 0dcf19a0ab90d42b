using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Http;

/// <summary>Asks once how something goes on. Whatever comes back is for the caller to judge: an operation's body shows its state under any status.</summary>
internal sealed class PollSender(GraphPipe pipe, Pacer pacer)
{
    public async ValueTask<Attempt> SendAsync(GraphCall call, CancellationToken cancellation)
    {
        using PaceLease lease = await pacer.AcquireAsync(CallKind.Read, 1, cancellation).ConfigureAwait(false);
        Attempt attempt = await pipe.SendAsync(call, cancellation).ConfigureAwait(false);
        if (attempt.TryGetReply(out GraphReply? reply, out _))
        {
            if (reply.Status == 429) lease.Throttled(reply.Signal);
            else lease.Succeeded(reply.Signal);
        }

        return attempt;
    }
}
