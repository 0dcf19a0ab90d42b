using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Http;

/// <summary>
/// Sends one request once: token, headers, time-out, body. Repeats nothing, except that after a 401 it is sent once more, with another
/// token where there is one (a refused token means that nothing was done; of a write only Graph itself can say so).
/// </summary>
internal sealed class GraphPipe(HttpPipeline pipeline, TokenSource tokens, GraphAddress addresses,
    GraphTenantOptions options, TimeProvider time, IGraphTrace? trace)
{
    private readonly string _host = options.Target.GetLeftPart(UriPartial.Authority);

    /// <param name="call">What to send.</param>
    /// <param name="cancellation">Ends sending and waiting for the answer.</param>
    /// <param name="before">Ends waiting for a token, before anything leaves; null: as <paramref name="cancellation"/>.</param>
    public async ValueTask<Attempt> SendAsync(GraphCall call, CancellationToken cancellation, CancellationToken? before = null)
    {
        string token;
        try
        {
            token = await tokens.GetAsync(before ?? cancellation).ConfigureAwait(false);
        }
        catch (TokenUnavailableException e)
        {
            return Attempt.WithoutToken(e.Error, time.GetUtcNow());
        }

        Attempt attempt = await SendAsync(call, token, cancellation).ConfigureAwait(false);
        if (!attempt.TryGetReply(out GraphReply? reply, out _) || reply.Status != 401) return attempt;
        if (call.Purpose.IsWrite() && !ErrorEnvelope.Read(reply.Body).IsGraphs) return attempt;
        string renewed;
        try
        {
            renewed = await tokens.RenewAsync(token, ClaimsChallenge.Read(reply.Challenge), cancellation).ConfigureAwait(false);
        }
        catch (TokenUnavailableException e)
        {
            // A gateway's 401 explains itself.
            if (!ErrorEnvelope.Read(reply.Body).IsGraphs) return attempt;
            // Refused, so nothing was done; why there is no other token is the better explanation, and may be no fault of the credential.
            reply.Dispose();
            return Attempt.WithoutToken(e.Error, attempt.SentAt, refused: true);
        }

        // Also with the same token, where there is no other: a gateway may refuse a good one in passing.
        reply.Dispose();
        return await SendAsync(call, renewed, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<Attempt> SendAsync(GraphCall call, string token, CancellationToken cancellation)
    {
        if (!addresses.Owns(call.Address)) throw new InvalidOperationException("A request to a foreign origin must not be made.");
        Guid id = Guid.NewGuid();
        string ours = id.ToString();
        using CancellationTokenSource limit = new(options.RequestTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using HttpMessage message = pipeline.CreateMessage();
        message.BufferResponse = false;
        OnceContent? content = Fill(message.Request, call, token, ours);
        call.Leaving();
        DateTimeOffset sentAt = time.GetUtcNow();
        long began = time.GetTimestamp();
        GraphReply? reply = null;
        try
        {
            await pipeline.SendAsync(message, either.Token).ConfigureAwait(false);
            reply = await ReplyReading.ReadAsync(message.Response, ours, options.MaxAnswerBytes, time, either.Token).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return Attempt.Answered(reply, sentAt);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            reply?.Dispose();
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (e is RequestFailedException or HttpRequestException or IOException or OperationCanceledException or AggregateException)
        {
            return Attempt.Failed(
                limit.IsCancellationRequested
                    ? ServiceErrors.TimedOut(_host, options.RequestTimeout, ours)
                        : TransportErrorClassifier.Classify(e, content?.Started ?? false, _host, ours),
                    sentAt);
        }
        finally
        {
            trace?.Ended(new GraphCallTrace(call.Method.Method, call.Address.AbsolutePath, reply?.Status,
                time.GetElapsedTime(began), ours, reply?.RequestId ?? ours));
        }
    }

    private OnceContent? Fill(Request request, GraphCall call, string token, string id)
    {
        request.Method = call.Method;
        request.Uri.Reset(call.Address);
        request.ClientRequestId = id;
        request.Headers.SetValue("client-request-id", id);
        request.Headers.SetValue("Authorization", "Bearer " + token);
        request.Headers.SetValue("Accept", "application/json");
        if (options.LowPriority) request.Headers.SetValue("x-ms-throttle-priority", "low");
        if (call.EventualConsistency) request.Headers.SetValue("ConsistencyLevel", "eventual");
        if (call.Method == RequestMethod.Get) return null;
        if (call.Body is not null) request.Headers.SetValue("Content-Type", "application/json");
        OnceContent content = new(call.Body ?? default);
        request.Content = content;
        return content;
    }
}
