using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Secrets;

/// <summary>How a reset ended, as far as it could be seen.</summary>
internal abstract record ResetEnd
{
    private ResetEnd()
    {
    }

    public sealed record Succeeded : ResetEnd;

    public sealed record Failed(ServiceError Error) : ResetEnd;

    /// <summary>It goes on, or is gone, or must not be asked for: no one knows.</summary>
    public sealed record Unknown(ServiceError Error) : ResetEnd;
}

/// <summary>
/// Follows a password reset by its <c>Location</c>, query string included, on our own origin. The body's <c>status</c> decides, whatever the HTTP status,
/// so it is read by hand (docs/graph.md#how-the-sdk-is-used). What is slow, throttled, in problems, or not found yet is asked for again until the time is
/// up.
/// </summary>
internal sealed class ResetFollowing(GraphConnection connection, TimeProvider time)
{
    private const int MaxRedirects = 5;
    private const int MaxRefusals = 3;
    private const int MaxMisses = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <param name="location">As the service wrote it; null when it wrote none.</param>
    /// <param name="asked">The address that was answered with it.</param>
    /// <param name="first">How long the service asks to wait before the first look.</param>
    /// <param name="requestId">The service's id of the reset.</param>
    public async ValueTask<ResetEnd> FollowAsync(string? location, Uri asked, TimeSpan? first, string requestId)
    {
        if (location is null) return Unknown("the service named no place to look it up", requestId);
        if (!connection.Addresses.TryRoute(location, asked,
            out Uri place)) return Foreign(location, requestId);
        long began = time.GetTimestamp();
        TimeSpan own = FirstPause;
        TimeSpan pause = first ?? own;
        string last = "it still runs";
        int redirects = 0, refusals = 0, misses = 0;
        while (true)
        {
            TimeSpan left = connection.Options.ResetTimeout - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero) return Unknown($"{last} after {connection.Options.ResetTimeout.TotalSeconds:0} s", requestId, place);
            if (pause > TimeSpan.Zero) await Task.Delay(pause < left ? pause : left, time).ConfigureAwait(false);
            Look look = await LookAsync(place).ConfigureAwait(false);
            if (look.Status == ResetStatus.Succeeded) return new ResetEnd.Succeeded();
            if (look.Status == ResetStatus.Failed) return new ResetEnd.Failed(ServiceErrors.ResetFailed(look.Detail, look.Http, look.RequestId ?? requestId));
            if (look.Link is { } link)
            {
                if (!connection.Addresses.TryRoute(link, place,
                    out Uri next)) return Foreign(link, requestId, place);
                if (++redirects > MaxRedirects) return Unknown("the service redirects again and again", requestId, place);
                (place, pause) = (next, TimeSpan.Zero);
                continue;
            }

            last = look.Status == ResetStatus.Running ? "it still runs" : look.Problem;
            if (look.Http is 404 or 410 && look.IsGraphs
                && ++misses >= MaxMisses) return Unknown("the service does not know the operation any more", requestId, place);
            if (look.Http is 400 or 401 or 403 && look.IsGraphs && ++refusals >= MaxRefusals) return Unknown(last, requestId, place);
            own = own * 1.5 < LongestPause ? own * 1.5 : LongestPause;
            pause = look.RetryAfter is { } reported && reported > TimeSpan.Zero ? reported : own;
        }
    }

    private async ValueTask<Look> LookAsync(Uri place)
    {
        Attempt attempt = await connection.Polls.SendAsync(GraphCall.Get(place, Purpose.FollowReset), CancellationToken.None).ConfigureAwait(false);
        if (!attempt.TryGetReply(out GraphReply? reply, out ServiceError? problem)) return new Look(ResetStatus.Unknown,
            problem.Message, null, null, null, null, true);
        using (reply)
        {
            (ResetStatus status, string detail) = ResetJson.Status(reply.Body);
            string? link = status == ResetStatus.Unknown && reply.Status is >= 300 and <= 399 ? reply.Location : null;
            if (status != ResetStatus.Unknown) return new Look(status, detail, reply.Status, link, reply.Signal.RetryAfter, reply.RequestId, true);
            ServiceError error = reply.IsSuccess
                ? ServiceErrors.Unreadable(Purpose.FollowReset, "it has no state", reply) : ServiceErrors.Classify(reply, Purpose.FollowReset);
            return new Look(status, error.Message, reply.Status, link, reply.Signal.RetryAfter, reply.RequestId, error.Kind != ErrorKind.UnreadableAnswer);
        }
    }

    private static ResetEnd.Unknown Unknown(string why, string requestId, Uri? place = null) =>
        new(ServiceErrors.ResetUnknown(why, place?.PathAndQuery, requestId));

    /// <summary>A place on another host is not asked; the operation can still be asked for at Microsoft Graph.</summary>
    private static ResetEnd.Unknown Foreign(string link, string requestId, Uri? known = null)
    {
        string? path = known?.PathAndQuery ?? (Uri.TryCreate(link, UriKind.Absolute, out Uri? place)
            && place.AbsolutePath.Contains("/authentication/operations/", StringComparison.OrdinalIgnoreCase) ? place.PathAndQuery : null);
        ServiceError foreign = ServiceErrors.ForeignLink(link, Purpose.FollowReset);
        return new ResetEnd.Unknown(foreign with
        {
            RequestId = requestId,
            Advice = $"{ServiceErrors.ResetUnknown("", path, requestId).Advice} {foreign.Advice}",
        });
    }

    /// <param name="Status">The operation's.</param>
    /// <param name="Problem">The operation's detail, or why there is no state.</param>
    /// <param name="Http">HTTP status; null when no answer came.</param>
    /// <param name="Link">Where to look instead.</param>
    /// <param name="RetryAfter">How long the service asks to wait.</param>
    /// <param name="RequestId">The service's.</param>
    /// <param name="IsGraphs">False when something else than Graph answered, so that its refusal says nothing of the reset.</param>
    private readonly record struct Look(ResetStatus Status, string Problem, int? Http, string? Link, TimeSpan? RetryAfter, string? RequestId, bool IsGraphs)
    {
        public string Detail => Problem;
    }
}
