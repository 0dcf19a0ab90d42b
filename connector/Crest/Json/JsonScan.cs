using System.Text.Json;
using System.Text.Unicode;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Json;

/// <summary>One pass over a body that finds everything wrong with it before anything is built from it.</summary>
internal static class JsonScan
{
    private const string Because = "The request could not be processed because";

    /// <summary>What is wrong, and where; null when nothing is.</summary>
    public static CrestError? Fault(ReadOnlySpan<byte> json, int depth)
    {
        if (!Utf8.IsValid(json)) return CrestError.Bad($"{Because} the provided content is not UTF-8");
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = depth + 1 });
        Stack<HashSet<string>?> names = new();
        try
        {
            do
            {
                if (!reader.Read()) return Malformed(json, (int)reader.BytesConsumed);
                if (reader.CurrentDepth >= depth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    return At(json, (int)reader.TokenStartIndex, $"the provided content is nested deeper than {depth} levels", "Send a flatter body.");
                }

                if (Track(ref reader, names) is { } problem) return At(json, (int)reader.TokenStartIndex, problem.What, problem.Advice);
            }
            while (names.Count > 0);
        }
        catch (JsonException fault)
        {
            return Place(fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0, "the provided content is not valid JSON", "Correct the JSON at this place.");
        }

        int end = (int)reader.BytesConsumed;
        int trailing = json[end..].IndexOfAnyExcept(" \t\r\n"u8);
        return trailing < 0 ? null : At(json, end + trailing, "there is trailing data after the JSON content", "Send one JSON value and nothing behind it.");
    }

    private static (string What, string Advice)? Track(ref Utf8JsonReader reader, Stack<HashSet<string>?> names)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                names.Push(new HashSet<string>(StringComparer.Ordinal));
                return null;
            case JsonTokenType.StartArray:
                names.Push(null);
                return null;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                names.Pop();
                return null;
            case JsonTokenType.PropertyName:
                return Text(ref reader) is not { } name ? NoUnicode
                    : names.TryPeek(out HashSet<string>? seen) && seen is not null && !seen.Add(name)
                    ? ("a name occurs twice in one object", $"Send {SafeQuote.Quote(name, "each name")} once.")
                    : null;
            case JsonTokenType.String:
                return reader.ValueIsEscaped && Text(ref reader) is null ? NoUnicode : null;
            case JsonTokenType.None or JsonTokenType.Comment or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                return null;
        }

        return null;
    }

    private static (string What, string Advice) NoUnicode => ("a text is not valid Unicode", "An escaped surrogate (\\uD800 to \\uDFFF) needs its other half.");

    // Half of a surrogate pair is the only thing that a reader over valid UTF-8 cannot turn into text.
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static CrestError Malformed(ReadOnlySpan<byte> json, int offset) =>
        At(json, offset, "the provided content is not valid JSON", "It ends too early.");

    private static CrestError At(ReadOnlySpan<byte> json, int offset, string what, string advice)
    {
        ReadOnlySpan<byte> before = json[..Math.Min(offset, json.Length)];
        return Place(before.Count((byte)'\n'), before.Length - 1 - before.LastIndexOf((byte)'\n'), what, advice);
    }

    private static CrestError Place(long line, long column, string what, string advice) =>
        new(CrestStatus.BadRequest, $"{Because} {what}", ErrorDetail.Place(line + 1, column + 1, advice));
}
