using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Sends one operation. It never repeats a write that may have been applied; 429 and
/// connections that failed before anything was sent are its own business.</summary>
public interface IMethodsWriter
{
    /// <summary>Sends the operation once and says what came back. Cancelling ends the waiting
    /// before the request leaves; a request that left is waited for.</summary>
    /// <param name="authority">Names the user; demanded immediately before each request leaves.</param>
    /// <param name="operation">What to write.</param>
    /// <param name="cancellation">Ends the waiting before the request leaves.</param>
    /// <exception cref="SendBarredException">The lock has to be renewed first: nothing was sent.</exception>
    /// <exception cref="SendWithdrawnException">The request is not to leave any more: nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the request left: nothing was applied.</exception>
    /// <exception cref="TenantException">The token is of another tenant: nothing was sent.</exception>
    ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation);
}

/// <summary>What a write came to.</summary>
/// <param name="SentAt">When the request left for the last time.</param>
public abstract record WriteAnswer(DateTimeOffset SentAt)
{
    /// <summary>The service itself said that it is done.</summary>
    /// <param name="SentAt">When the request left.</param>
    /// <param name="RequestId">The service's request id.</param>
    /// <param name="SmsSignIn">State of SMS sign-in where the answer reported it.</param>
    public sealed record Accepted(DateTimeOffset SentAt, string? RequestId = null, SmsSignInState? SmsSignIn = null) : WriteAnswer(SentAt);

    /// <summary>The service said no, so nothing was applied (except as the kind says).</summary>
    public sealed record Refused(DateTimeOffset SentAt, ServiceError Error) : WriteAnswer(SentAt);

    /// <summary>Time-out, 5xx, broken connection, or an answer that is not the service's own: it may or may not have been applied.</summary>
    public sealed record Ambiguous(DateTimeOffset SentAt, ServiceError Error) : WriteAnswer(SentAt);

    /// <summary>Nothing ever left: no connection, or no token.</summary>
    public sealed record NotSent(DateTimeOffset SentAt, ServiceError Error) : WriteAnswer(SentAt);
}
