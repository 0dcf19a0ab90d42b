using Azure.Core;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Http;

/// <summary>One request, ready to be sent any number of times.</summary>
/// <param name="Method">GET, POST, PATCH or DELETE.</param>
/// <param name="Address">Where to; always an address that <see cref="GraphAddress.Owns"/>.</param>
/// <param name="Purpose">What for.</param>
internal sealed record GraphCall(RequestMethod Method, Uri Address, Purpose Purpose)
{
    /// <summary>JSON to send; null: none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Asks for answers of queries that the directory computes apart (<c>$count</c>).</summary>
    public bool EventualConsistency { get; init; }

    /// <summary>Called immediately before the request leaves; throws where it must not.</summary>
    public Action Leaving { get; init; } = static () => { };

    public static GraphCall Get(Uri address, Purpose purpose) => new(RequestMethod.Get, address, purpose);
}
