using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Graph.Writing;

/// <summary>Body of beta's <c>PATCH signInPreferences</c>, which the SDK for v1.0 does not have (docs/graph.md#sign-in-preferences).</summary>
internal sealed class SignInPreferences(PreferredMethod method) : IParsable
{
    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() =>
        new Dictionary<string, Action<IParseNode>>(StringComparer.Ordinal);

    public void Serialize(ISerializationWriter writer) => writer.WriteStringValue("userPreferredMethodForSecondaryAuthentication", method.Name());
}

/// <summary>A body without properties, where the service demands an object.</summary>
internal sealed class NoProperties : IParsable
{
    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() =>
        new Dictionary<string, Action<IParseNode>>(StringComparer.Ordinal);

    public void Serialize(ISerializationWriter writer)
    {
    }
}
