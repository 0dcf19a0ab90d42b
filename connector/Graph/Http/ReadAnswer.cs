using System.Diagnostics.CodeAnalysis;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Http;

/// <summary>What reading came to in the end: a complete 2xx answer, or an error.</summary>
internal readonly struct ReadAnswer : IDisposable
{
    private readonly GraphReply? _reply;
    private readonly ServiceError? _error;

    private ReadAnswer(GraphReply? reply, ServiceError? error) => (_reply, _error) = (reply, error);

    public static ReadAnswer From(GraphReply reply) => new(reply, null);

    public static ReadAnswer From(ServiceError error) => new(null, error);

    public bool TryGet([NotNullWhen(true)] out GraphReply? reply, [NotNullWhen(false)] out ServiceError? error)
    {
        (reply, error) = (_reply, _error);
        return reply is not null || (error is null ? throw new InvalidOperationException("A reading without outcome.") : false);
    }

    public void Dispose() => _reply?.Dispose();
}
