using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ProvisioningConnector.Reports.Json;

/// <summary>A piece of a document in the order of its bytes.</summary>
/// <param name="Name">The top-level property; null for a user.</param>
/// <param name="Value">Its value, or the user.</param>
internal readonly record struct DocumentPiece(string? Name, JsonElement Value);

/// <summary>
/// Reads a document piece by piece: top-level properties, then the users one by one. Memory holds one piece. The bytes may
/// be laid out in any way; <c>users</c> must come last, because nothing read after a million users could still be heeded.
/// </summary>
internal sealed class DocumentPieces(Stream input)
{
    public const string Users = "users";
    private const int LargestPiece = 64 << 20;

    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 64 };
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private bool _atEnd;
    private bool _begun;
    private JsonReaderState _state = new(Reading);
    private Phase _phase = Phase.Start;

    private enum Phase
    {
        Start,
        Head,
        Users,
        Tail,
        Done,
    }

    /// <summary>All pieces.</summary>
    /// <exception cref="JsonException">It is not JSON, or not laid out as a document; with line and position where known.</exception>
    public async IAsyncEnumerable<DocumentPiece> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (_phase != Phase.Done)
        {
            if (_begun && Step(out DocumentPiece? piece))
            {
                if (piece is { } one) yield return one;
            }
            else if (_atEnd)
            {
                throw new JsonException("The document ends too early.");
            }
            else
            {
                await FillAsync(cancellation);
            }
        }
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LargestPiece) throw new JsonException("A value of the document is larger than 64 MB.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = await input.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        _atEnd = read == 0;
        if (_begun || (_end < 3 && !_atEnd)) return;
        _begun = true;
        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8)) _start = 3;
    }

    /// <summary>One step forward; false when the buffer does not hold enough for it. Nothing is committed then.</summary>
    private bool Step(out DocumentPiece? piece)
    {
        piece = null;
        Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _atEnd, _state);
        Phase next;
        switch (_phase)
        {
            case Phase.Start:
                if (!reader.Read()) return false;
                if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("The document is not a JSON object.");
                next = Phase.Head;
                break;
            case Phase.Head:
                if (!Property(ref reader, out piece, out next)) return false;
                break;
            case Phase.Users:
                if (!reader.Read()) return false;
                next = reader.TokenType == JsonTokenType.EndArray ? Phase.Tail : Phase.Users;
                if (next == Phase.Users && !Value(ref reader, null, out piece)) return false;
                break;
            case Phase.Tail:
                if (!reader.Read()) return false;
                if (reader.TokenType != JsonTokenType.EndObject) throw new JsonException("'users' is not the last property.");
                next = Phase.Done;
                break;
            case Phase.Done:
            default:
                throw new InvalidOperationException("Nothing is read after the end.");
        }

        if (next == Phase.Done && !NothingFollows(ref reader)) return false;
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        _phase = next;
        return true;
    }

    private bool Property(ref Utf8JsonReader reader, out DocumentPiece? piece, out Phase next)
    {
        piece = null;
        next = Phase.Head;
        if (!reader.Read()) return false;
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            next = Phase.Done;
            return true;
        }

        string name = reader.GetString() ?? "";
        if (string.Equals(name, Users, StringComparison.Ordinal))
        {
            if (!reader.Read()) return false;
            if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("'users' is not an array.");
            next = Phase.Users;
            return true;
        }

        if (!Value(ref reader, name, out piece)) return false;
        if (!_names.Add(name)) throw new JsonException("A property stands twice in the document.");
        return true;
    }

    private static bool Value(ref Utf8JsonReader reader, string? name, out DocumentPiece? piece)
    {
        piece = null;
        if (!JsonDocument.TryParseValue(ref reader, out JsonDocument? document)) return false;
        using (document) piece = new(name, document.RootElement.Clone());
        return true;
    }

    // What follows the closing brace must be blank, up to the end of the input.
    private bool NothingFollows(ref Utf8JsonReader reader)
    {
        if (!_atEnd) return false;
        return reader.Read() ? throw new JsonException("Something follows the end of the document.") : true;
    }
}
