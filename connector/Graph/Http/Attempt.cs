using System.Diagnostics.CodeAnalysis;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Http;

/// <summary>What one attempt came to: an answer, whatever its status, or trouble on the way.</summary>
internal readonly struct Attempt
{
    private readonly GraphReply? _reply;
    private readonly ServiceError? _trouble;

    private readonly bool _refused;

    private Attempt(GraphReply? reply, ServiceError? trouble, DateTimeOffset sentAt) => (_reply, _trouble, SentAt) = (reply, trouble, sentAt);

    private Attempt(ServiceError trouble, DateTimeOffset at, bool refused)
        : this(null, trouble, at) => (IsWithoutToken, _refused) = (true, refused);

    /// <summary>There was no token, so it is certain that nothing was applied. It was tried as often as it makes sense.</summary>
    public bool IsWithoutToken { get; }

    public DateTimeOffset SentAt { get; }

    /// <summary>The service has seen nothing of it: there was no token to send it with, or no connection came about. It is no request in the account.</summary>
    public bool NeverLeft => !_refused && _trouble?.Kind is ErrorKind.Unauthenticated or ErrorKind.NoConnection;

    public static Attempt Answered(GraphReply reply, DateTimeOffset sentAt) => new(reply, null, sentAt);

    public static Attempt Failed(ServiceError trouble, DateTimeOffset sentAt) => new(null, trouble, sentAt);

    /// <param name="trouble">Why there was none.</param>
    /// <param name="at">When.</param>
    /// <param name="refused">The request left once, and its token was refused.</param>
    public static Attempt WithoutToken(ServiceError trouble, DateTimeOffset at, bool refused = false) => new(trouble, at, refused);

    public bool TryGetReply([NotNullWhen(true)] out GraphReply? reply, [NotNullWhen(false)] out ServiceError? trouble)
    {
        (reply, trouble) = (_reply, _trouble);
        return reply is not null ? trouble is null : trouble is null ? throw new InvalidOperationException("An attempt without outcome.") : false;
    }
}
