using System.Buffers;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Parameters;

namespace ProvisioningConnector.Crest.Tests;

/// <summary>What the tests of several folders need.</summary>
internal static class Given
{
    public static T Value<T>(Parsed<T> parsed)
    {
        Assert.That(parsed.Error, Is.Null, () => parsed.Error?.Message ?? "");
        return parsed.Succeeded(out T? value, out _) ? value : throw new InvalidOperationException();
    }

    public static CrestError Error<T>(Parsed<T> parsed)
    {
        Assert.That(parsed.Error, Is.Not.Null);
        return parsed.Error ?? throw new InvalidOperationException();
    }

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public static string Written(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, CrestJson.Compact)) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The pairs of a query string as people write it, not encoded: <c>a=1&amp;b</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(string query) => query.Length == 0 ? [] : query.Split('&').Select(pair =>
    {
        int sign = pair.IndexOf('=', StringComparison.Ordinal);
        return sign < 0 ? KeyValuePair.Create(pair, "") : KeyValuePair.Create(pair[..sign], pair[(sign + 1)..]);
    });

    public static CrestQuery Query(string query) => Value(ParameterReader.Read(Pairs(query)));
}
