using System.Diagnostics.CodeAnalysis;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Graph;

/// <summary>What one attempt came to: an answer, whatever its status, or trouble on the way.</summary>
internal readonly struct Attempt
{
    private readonly GraphReply? _reply;
    private readonly ServiceError? _trouble;

    private Attempt(GraphReply? reply, ServiceError? trouble, DateTimeOffset sentAt) => (_reply, _trouble, SentAt) = (reply, trouble, sentAt);

    public DateTimeOffset SentAt { get; }

    /// <summary>The service has seen nothing of it: there was no token to send it with, or no connection came about. It is no request in the account.</summary>
    public bool NeverLeft => _trouble?.Kind is ErrorKind.Unauthenticated or ErrorKind.NoConnection;

    public static Attempt Answered(GraphReply reply, DateTimeOffset sentAt) => new(reply, null, sentAt);

    public static Attempt Failed(ServiceError trouble, DateTimeOffset sentAt) => new(null, trouble, sentAt);

    public bool TryGetReply([NotNullWhen(true)] out GraphReply? reply, [NotNullWhen(false)] out ServiceError? trouble)
    {
        (reply, trouble) = (_reply, _trouble);
        return reply is not null ? trouble is null : trouble is null ? throw new InvalidOperationException("An attempt without outcome.") : false;
    }
}
