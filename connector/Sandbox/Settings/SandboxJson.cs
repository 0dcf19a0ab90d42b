using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>How the sandbox's own files are written: comments and trailing commas welcome, unknown properties refused.</summary>
internal static class SandboxJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    public static T Read<T>(ReadOnlySpan<byte> utf8, string what)
    {
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Options)
                ?? throw new SandboxSeedException($"The {what} is the word null; an object is needed.");
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is null ? "" : $" at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}";
            throw new SandboxSeedException(
                $"The {what} cannot be read{place} (path {e.Path ?? "$"}): {Reason(e)} The sandbox's README describes its form.", e);
        }
    }

    // The serializer repeats the place at the end of its message; once is enough.
    private static string Reason(JsonException e)
    {
        int end = e.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    private static JsonSerializerOptions Make()
    {
        JsonSerializerOptions options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>A seed, a state file or a fault plan cannot be used. The message says what, where and what to do.</summary>
public sealed class SandboxSeedException : Exception
{
    public SandboxSeedException() { }
    public SandboxSeedException(string message) : base(message) { }
    public SandboxSeedException(string message, Exception inner) : base(message, inner) { }
}
