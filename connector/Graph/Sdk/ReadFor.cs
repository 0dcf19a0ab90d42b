using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Sdk;

/// <summary>What a read through the SDK is for. <see cref="ReadAdapter"/> refuses a request without it: it decides the gate, and what an error means.</summary>
internal sealed class ReadFor(Purpose purpose) : IRequestOption
{
    private string? _requestId;
    private int? _status;

    public Purpose Purpose => purpose;

    /// <summary>The error of an answer that the SDK could read and that does not hold what was asked for.</summary>
    /// <param name="what">What is wrong with it.</param>
    public ServiceError Unreadable(string what) => ServiceErrors.Unreadable(purpose, what, _status, _requestId);

    internal void Answered(GraphReply reply) => (_status, _requestId) = (reply.Status, reply.RequestId);
}
