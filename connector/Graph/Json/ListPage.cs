using System.Text.Json;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Json;

/// <summary>Reads the object at which the reader stands, to its end; false when it is not what was expected.</summary>
internal delegate bool ReadEntry(ref Utf8JsonReader reader);

/// <summary>Any of Graph's lists: <c>value</c> and <c>@odata.nextLink</c>.</summary>
internal static class ListPage
{
    public static bool TryRead(ReadOnlyMemory<byte> body, ReadEntry entry, out string? next, out string wrong)
    {
        next = null;
        wrong = "";
        try
        {
            Utf8JsonReader reader = new(Utf8Text.WithoutMark(body).Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) wrong = "it is not a JSON object";
            else wrong = Read(ref reader, entry, ref next) ?? "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            wrong = "it is not valid JSON";
        }

        return wrong.Length == 0;
    }

    private static string? Read(ref Utf8JsonReader reader, ReadEntry entry, ref string? next)
    {
        bool seen = false;
        bool listed = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isValue = reader.ValueTextEquals("value"u8);
            bool isNext = !isValue && reader.ValueTextEquals("@odata.nextLink"u8);
            reader.Read();
            if (isValue && seen) return "it has 'value' twice";
            seen |= isValue;
            if (isValue && reader.TokenType == JsonTokenType.StartArray)
            {
                listed = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (!entry(ref reader)) return "an entry has no id or is not an object";
                }
            }
            else
            {
                if (isNext && reader.TokenType == JsonTokenType.String) next = reader.GetString();
                reader.Skip();
            }
        }

        while (reader.Read())
        {
        }

        if (next is "") next = null;
        return listed ? null : "it holds no list";
    }
}
