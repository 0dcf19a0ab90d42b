using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Stores.Bodies;

/// <summary>What is known of a default method: <c>notRead</c>, <c>unreadable</c>, <c>none</c>, or the method's own name.</summary>
internal sealed class DefaultMethodConverter : JsonConverter<DefaultMethod>
{
    public override DefaultMethod Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        "notRead" => DefaultMethod.NotRead,
        "unreadable" => DefaultMethod.Unreadable,
        "none" => DefaultMethod.None,
        var name => PreferredMethods.TryParse(name, out PreferredMethod method)
            ? DefaultMethod.Of(method)
            : throw new JsonException("A stored default method is unknown."),
    };

    public override void Write(Utf8JsonWriter writer, DefaultMethod value, JsonSerializerOptions options) => writer.WriteStringValue(value.Knowledge switch
    {
        DefaultMethodKnowledge.NotRead => "notRead",
        DefaultMethodKnowledge.Unreadable => "unreadable",
        DefaultMethodKnowledge.None => "none",
        DefaultMethodKnowledge.Known => value.Method.Name(),
    });
}
