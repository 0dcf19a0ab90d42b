using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace ProvisioningConnector.Reports.Html;

/// <summary>JSON that may stand in a page: no <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c>, quote or backtick is left in its texts.</summary>
internal static class HtmlJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes, Options)) write(writer);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
