using System.Diagnostics.CodeAnalysis;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Http;

/// <summary>What one attempt came to: an answer, whatever its status, or problems on the way.</summary>
internal readonly struct Attempt
{
    private readonly GraphReply? _reply;
    private readonly ServiceError? _problem;

    private readonly bool _refused;

    private Attempt(GraphReply? reply, ServiceError? problem, DateTimeOffset sentAt) => (_reply, _problem, SentAt) = (reply, problem, sentAt);

    private Attempt(ServiceError problem, DateTimeOffset at, bool refused)
        : this(null, problem, at) => (IsWithoutToken, _refused) = (true, refused);

    /// <summary>There was no token, so it is certain that nothing was applied. It was tried as often as it makes sense.</summary>
    public bool IsWithoutToken { get; }

    public DateTimeOffset SentAt { get; }

    /// <summary>The service has seen nothing of it: there was no token to send it with, or no connection came about. It is no request in the account.</summary>
    public bool NeverLeft => !_refused && _problem?.Kind is ErrorKind.Unauthenticated or ErrorKind.NoConnection;

    public static Attempt Answered(GraphReply reply, DateTimeOffset sentAt) => new(reply, null, sentAt);

    public static Attempt Failed(ServiceError problem, DateTimeOffset sentAt) => new(null, problem, sentAt);

    /// <param name="problem">Why there was none.</param>
    /// <param name="at">When.</param>
    /// <param name="refused">The request left once, and its token was refused.</param>
    public static Attempt WithoutToken(ServiceError problem, DateTimeOffset at, bool refused = false) => new(problem, at, refused);

    public bool TryGetReply([NotNullWhen(true)] out GraphReply? reply, [NotNullWhen(false)] out ServiceError? problem)
    {
        (reply, problem) = (_reply, _problem);
        return reply is not null ? problem is null : problem is null ? throw new InvalidOperationException("An attempt without outcome.") : false;
    }
}
