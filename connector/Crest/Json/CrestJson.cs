using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProvisioningConnector.Crest.Json;

/// <summary>
/// How answers are written. Signs such as <c>+</c> and <c>&amp;</c> stay readable, as IDM sends them; that is safe because answers are
/// <see cref="ContentType"/> and never HTML: send them with <c>X-Content-Type-Options: nosniff</c>.
/// </summary>
public static class CrestJson
{
    /// <summary>The <c>Content-Type</c> of every JSON answer (docs/openidm.md#bodies-and-versions).</summary>
    public const string ContentType = "application/json;charset=UTF-8";

    /// <summary>The <c>Cache-Control</c> of every answer: objects hold phone numbers (Ping's choice; docs/openidm.md#bodies-and-versions).</summary>
    public const string CacheControl = "no-store";

    /// <summary>On one line.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented, for <c>_prettyPrint=true</c>.</summary>
    public static JsonWriterOptions Pretty { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>The one or the other.</summary>
    public static JsonWriterOptions Options(bool pretty) => pretty ? Pretty : Compact;
}
