using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Serialization.Json;

namespace ProvisioningConnector.Graph.Sdk;

/// <summary>How the SDK's models become JSON, and JSON the SDK's models (docs/graph.md#how-the-sdk-is-used).</summary>
internal static class SdkJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly KiotaJsonSerializationContext Reading = new(new JsonSerializerOptions { Converters = { new UniversalMoment() } });

    /// <summary>'+' stays '+': some services that stand in for Graph compare bytes.</summary>
    public static ISerializationWriterFactory Writers { get; } = new JsonSerializationWriterFactory(
        new KiotaJsonSerializationContext(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    /// <summary>Reads a body. The SDK alone would take a list that is none for an empty one, and the later of two properties with one name.</summary>
    /// <param name="body">The answer's, without byte order mark.</param>
    /// <param name="factory">Makes the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="wrong">Why there is none.</param>
    public static bool TryRead<T>(ReadOnlySpan<byte> body, ParsableFactory<T> factory, [NotNullWhen(true)] out T? model, out string wrong)
        where T : IParsable
    {
        model = default;
        try
        {
            JsonElement root = JsonElement.Parse(body, Strict);
            wrong = Problem(root, typeof(T).IsAssignableTo(typeof(ISdkPage))) ?? string.Empty;
            if (wrong.Length == 0) model = new JsonParseNode(root, Reading).GetObjectValue(factory);
        }
        catch (JsonException)
        {
            wrong = "it is not valid JSON, or has a property twice";
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            wrong = "a value is of another type than the service documents";
        }

        return model is not null;
    }

    private static string? Problem(JsonElement root, bool isList)
    {
        if (root.ValueKind != JsonValueKind.Object) return "it is not a JSON object";
        if (!isList) return null;
        if (!root.TryGetProperty("value", out JsonElement list) || list.ValueKind != JsonValueKind.Array) return "it holds no list";
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object) return "an entry has no id or is not an object";
        }

        return null;
    }

    /// <summary>A point in time; one without offset is UTC, whatever the time zone of this machine.</summary>
    private sealed class UniversalMoment : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
                ? moment : throw new JsonException("This is not a point in time.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
