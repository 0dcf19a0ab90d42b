using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>How bodies of answers are written: names in camel case, nothing for what is absent, and <c>+</c> as it is.</summary>
[JsonSerializable(typeof(PhoneView))]
[JsonSerializable(typeof(PhoneListView))]
[JsonSerializable(typeof(EmailView))]
[JsonSerializable(typeof(MethodListView))]
[JsonSerializable(typeof(SmsSignInView))]
[JsonSerializable(typeof(PreferredMethodView))]
[JsonSerializable(typeof(ActionResultView))]
[JsonSerializable(typeof(OperationView))]
[JsonSerializable(typeof(HeldView))]
[JsonSerializable(typeof(DiagnosticView))]
[JsonSerializable(typeof(ReadinessView))]
[JsonSerializable(typeof(ReadinessPeopleView))]
internal sealed partial class PlainJson : JsonSerializerContext
{
    // Answers are JSON by their content type and never sniffed.
    private static readonly PlainJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Bodies as text.</summary>
    public static string Text<T>(T body) => JsonSerializer.Serialize(body, Info<T>());

    /// <summary>Bodies as a node, for problems, whose members differ.</summary>
    public static JsonNode? Node<T>(T body) => JsonSerializer.SerializeToNode(body, Info<T>());

    private static JsonTypeInfo<T> Info<T>() => Readable.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new InvalidOperationException($"{typeof(T).Name} is no body of an answer.");
}
