using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Secrets;

/// <summary>Resets passwords and issues temporary access passes. The connection's log sees neither bodies nor queries, and errors hide the secret.</summary>
/// <param name="connection">The way to write.</param>
/// <param name="make">Makes a password, where this program does that; from a source that no one can predict.</param>
/// <param name="time">The clock of all waiting.</param>
public sealed class GraphSecretWriter(GraphConnection connection, Func<Secret> make, TimeProvider time) : ISecretWriter
{
    private readonly SecretRequests _requests = new(connection.Sdk);
    private readonly ResetFollowing _following = new(connection, time);

    /// <inheritdoc/>
    public async ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, SecretEnvelope envelope, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(envelope);
        return operation switch
        {
            Operation.ResetPassword { Request: { Route: PasswordRoute.ResetOperation } } reset =>
                await ResetAsync(authority, reset, envelope, cancellation).ConfigureAwait(false),
            Operation.ResetPassword { Request: { Route: PasswordRoute.PasswordProfile } desired } reset =>
                await SetAsync(authority, reset, desired, envelope, cancellation).ConfigureAwait(false),
            Operation.IssuePass issue => await IssueAsync(authority, issue, envelope, cancellation).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"An operation without a secret: {operation?.GetType().Name}."),
        };
    }

    private async ValueTask<WriteAnswer> ResetAsync(WriteAuthority authority, Operation operation, SecretEnvelope envelope, CancellationToken cancellation)
    {
        GraphCall call = _requests.Reset(authority.Uid, envelope.Given);
        Start start = default;
        WriteAnswer answer = await connection.Writes.SendAsync(authority, call, cancellation, reply => start = new Start(
            reply.Status, reply.Location, reply.Signal.RetryAfter, ResetJson.NewPassword(reply.Body), ResetJson.Status(reply.Body).Status))
                .ConfigureAwait(false);
        if (answer is not WriteAnswer.Accepted accepted) return Hidden(answer, envelope.Given);

        // From here on it is not sent again, whatever happens.
        Secret? made = start.NewPassword is { } text ? Secret.From(text) : null;
        bool isOver = start.Status != 202 && start.Location is null && start.State is ResetStatus.Unknown or ResetStatus.Succeeded;
        ResetEnd end = isOver ? new ResetEnd.Succeeded()
            : await _following.FollowAsync(start.Location, call.Address, start.RetryAfter, accepted.RequestId ?? string.Empty).ConfigureAwait(false);
        if (made is not null && end is not ResetEnd.Failed) envelope.Put(operation, made);
        return end switch
        {
            ResetEnd.Succeeded => accepted,
            ResetEnd.Failed failed => Hidden(new WriteAnswer.Refused(accepted.SentAt, failed.Error), envelope.Given ?? made),
            ResetEnd.Unknown unknown => Hidden(new WriteAnswer.Ambiguous(accepted.SentAt, unknown.Error), envelope.Given ?? made),
            _ => throw new InvalidOperationException($"A reset that ended in an unknown way: {end.GetType().Name}."),
        };
    }

    private async ValueTask<WriteAnswer> SetAsync(WriteAuthority authority, Operation operation, PasswordResetRequest desired, SecretEnvelope envelope,
        CancellationToken cancellation)
    {
        Secret password = envelope.Given ?? make();
        WriteAnswer answer = await connection.Writes.SendAsync(authority, _requests.Set(authority.Uid, password, desired.MustChange), cancellation)
            .ConfigureAwait(false);
        if (envelope.Given is null && answer is WriteAnswer.Accepted or WriteAnswer.Ambiguous) envelope.Put(operation, password);
        return Hidden(answer, password);
    }

    private async ValueTask<WriteAnswer> IssueAsync(WriteAuthority authority, Operation.IssuePass operation, SecretEnvelope envelope,
        CancellationToken cancellation)
    {
        string? made = null;
        WriteAnswer answer = await connection.Writes.SendAsync(
            authority, _requests.Issue(authority.Uid, operation), cancellation,
            reply => made = ResetJson.Pass(reply.Body)).ConfigureAwait(false);
        if (made is not null) envelope.Put(operation, Secret.From(made));
        else if (answer is WriteAnswer.Accepted accepted)
        {
            // A pass that the caller never saw is of no use: report that instead of success.
            return new WriteAnswer.Ambiguous(accepted.SentAt,
                ServiceErrors.Unreadable(Purpose.IssuePass, "it does not hold the pass", null, accepted.RequestId));
        }

        return answer;
    }

    private static WriteAnswer Hidden(WriteAnswer answer, Secret? secret)
    {
        if (secret is null) return answer;
        return answer switch
        {
            WriteAnswer.Refused refused => refused with { Error = Hidden(refused.Error, secret) },
            WriteAnswer.Ambiguous ambiguous => ambiguous with { Error = Hidden(ambiguous.Error, secret) },
            WriteAnswer.NotSent notSent => notSent with { Error = Hidden(notSent.Error, secret) },
            _ => answer,
        };
    }

    private static ServiceError Hidden(ServiceError error, Secret secret) =>
        error with { Message = secret.HiddenIn(error.Message), Advice = secret.HiddenIn(error.Advice) };

    private readonly record struct Start(int Status, string? Location, TimeSpan? RetryAfter, string? NewPassword, ResetStatus State);
}
