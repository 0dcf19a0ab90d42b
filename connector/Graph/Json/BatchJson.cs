using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ProvisioningConnector.Graph.Json;

/// <summary>Writes and reads <c>$batch</c> (docs/graph.md#batches). Items are numbered from 1; answers come in any order and are matched by id.</summary>
internal static class BatchJson
{
    /// <summary>The body of a batch of GETs.</summary>
    public static ReadOnlyMemory<byte> Write(ReadOnlySpan<string> urls, bool lowPriority)
    {
        ArrayBufferWriter<byte> bytes = new(64 + (urls.Length * 192));
        using Utf8JsonWriter writer = new(bytes, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteStartArray("requests"u8);
        for (int i = 0; i < urls.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, (i + 1).ToString(CultureInfo.InvariantCulture));
            writer.WriteString("method"u8, "GET"u8);
            writer.WriteString("url"u8, urls[i]);
            writer.WriteStartObject("headers"u8);
            writer.WriteString("client-request-id"u8, Guid.NewGuid());
            if (lowPriority) writer.WriteString("x-ms-throttle-priority"u8, "low"u8);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenMemory;
    }

    /// <summary>Reads the answer into <paramref name="items"/>; items without exactly one
    /// answer keep status 0. False when it is no answer to a batch.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, Span<BatchResponseItem> items, DateTimeOffset now)
    {
        items.Clear();
        try
        {
            int mark = body.StartsWith("\uFEFF"u8) ? 3 : 0;
            Utf8JsonReader reader = new(body[mark..]);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            bool found = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isResponses = reader.ValueTextEquals("responses"u8);
                reader.Read();
                if (isResponses && reader.TokenType == JsonTokenType.StartArray)
                {
                    found = true;
                    ReadAll(ref reader, mark, items, now);
                }
                else
                {
                    reader.Skip();
                }
            }

            while (reader.Read())
            {
            }

            return found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            items.Clear();
            return false;
        }
    }

    private static void ReadAll(ref Utf8JsonReader reader, int mark, Span<BatchResponseItem> items, DateTimeOffset now)
    {
        Span<bool> seen = stackalloc bool[items.Length];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            int id = 0;
            BatchResponseItem item = ReadOne(ref reader, mark, ref id, now);
            if (id < 1 || id > items.Length) continue;
            items[id - 1] = seen[id - 1] ? default : item;
            seen[id - 1] = true;
        }
    }

    private static BatchResponseItem ReadOne(ref Utf8JsonReader reader, int mark, ref int id, DateTimeOffset now)
    {
        int status = 0;
        int start = 0;
        int length = 0;
        ItemHeaders headers = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = Number(ref reader);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                status = Number(ref reader);
            }
            else if (reader.ValueTextEquals("headers"u8))
            {
                reader.Read();
                headers = ItemHeaders.Read(ref reader);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                reader.Read();
                start = (int)reader.TokenStartIndex;
                reader.Skip();
                length = (int)reader.BytesConsumed - start;
                start += mark;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new BatchResponseItem(status, start, length, headers.Signal(now), headers.RequestId);
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetInt32(out int number) ? number : 0;
        if (reader.TokenType == JsonTokenType.String) return int.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out int parsed)
            ? parsed : 0;
        reader.Skip();
        return 0;
    }
}
