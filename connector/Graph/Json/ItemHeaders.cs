using System.Text.Json;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Json;

/// <summary>The headers of a batch item that matter; their names come in any case, their values as texts, numbers or lists.</summary>
internal struct ItemHeaders
{
    private string? _retryAfter;
    private string? _date;
    private string? _percentage;
    private string? _scope;
    private string? _information;

    public string? RequestId { get; private set; }

    public static ItemHeaders Read(ref Utf8JsonReader reader)
    {
        ItemHeaders headers = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return headers;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // The common header of every item; distinguished before anything is allocated.
            if (reader.ValueTextEquals("Content-Type"u8))
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            string name = reader.GetString() ?? "";
            reader.Read();
            headers.Take(name, Value(ref reader));
        }

        return headers;
    }

    public readonly ThrottleSignal Signal(DateTimeOffset now)
    {
        if (_retryAfter is null && _percentage is null && _scope is null) return default;
        ItemHeaders self = this;
        return ThrottleHeaders.Read(self.Find, now);
    }

    private void Take(string name, string? value)
    {
        if (Is(name, "Retry-After")) _retryAfter = value;
        else if (Is(name, "Date")) _date = value;
        else if (Is(name, "x-ms-throttle-limit-percentage")) _percentage = value;
        else if (Is(name, "x-ms-throttle-scope")) _scope = value;
        else if (Is(name, "x-ms-throttle-information")) _information = value;
        else if (Is(name, "request-id")) RequestId = value;
    }

    private readonly string? Find(string name) => name switch
    {
        "Retry-After" => _retryAfter,
        "Date" => _date,
        "x-ms-throttle-limit-percentage" => _percentage,
        "x-ms-throttle-scope" => _scope,
        "x-ms-throttle-information" => _information,
        _ => null,
    };

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static string? Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return System.Text.Encoding.ASCII.GetString(reader.ValueSpan);
            case JsonTokenType.StartArray:
                string? first = null;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType == JsonTokenType.String) first ??= reader.GetString();
                    else reader.Skip();
                }

                return first;
            default:
                reader.Skip();
                return null;
        }
    }
}
