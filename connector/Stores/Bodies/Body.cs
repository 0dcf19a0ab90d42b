using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Stores.Bodies;

/// <summary>
/// How the engine's records lie in a store: UTF-8 JSON, enumerations by name, so that a later version can read it. The
/// one place that turns values into stored bytes and back, and so the one place to encrypt them.
/// </summary>
/// <remarks>
/// Not source-generated on purpose: generated code gives a property that an older body lacks the default of its type
/// instead of the default that the record declares, e.g. no array at all where the record says an empty one.
/// </remarks>
internal static class Body
{
    private static JsonSerializerOptions Options { get; } = Make();

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <exception cref="JsonException">The bytes are no such value.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body)
        where T : class =>
        JsonSerializer.Deserialize<T>(body, Options) ?? throw new JsonException("A stored body is empty.");

    private static JsonSerializerOptions Make()
    {
        DefaultJsonTypeInfoResolver resolver = new();
        resolver.Modifiers.Add(OperationKinds.Describe);
        resolver.Modifiers.Add(OriginKinds.Describe);
        resolver.Modifiers.Add(CompactJson.Describe);
        JsonSerializerOptions options = new()
        {
            TypeInfoResolver = resolver,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new PhoneNumberConverter(), new CurrentSlotConverter(), new ManagedNumberConverter(), new ManagedTextConverter(),
                new DefaultMethodConverter(), new NamesConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>Leaves out what most rows do not have: unmanaged values, empty slots, and unread kinds beside the usual ones.</summary>
internal static class CompactJson
{
    public static void Describe(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.PropertyType == typeof(Managed<PhoneNumber>)) property.ShouldSerialize = (_, value) =>
                value is Managed<PhoneNumber> { IsManaged: true };
            else if (property.PropertyType == typeof(Managed<string>)) property.ShouldSerialize = (_, value) => value is Managed<string> { IsManaged: true };
            else if (property.PropertyType == typeof(CurrentSlot)) property.ShouldSerialize = (_, value) => value is CurrentSlot { IsEmpty: false };
            else if (property.PropertyType == typeof(KindSet)) property.ShouldSerialize = (_, value) => value is not KindSets.Beside;
        }
    }
}
