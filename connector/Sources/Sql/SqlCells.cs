using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace ProvisioningConnector.Sources.Sql;

/// <summary>
/// Writes the cells of a row in their canonical form: text as text, a number as a number, NULL as null, an array as an array,
/// a moment as <c>{"at":…}</c>, a date or time without offset as <c>{"date":…}</c>, anything else as <c>{"other":…}</c>.
/// </summary>
internal sealed class SqlCells(Utf8JsonWriter json, SqlProvider provider, int most)
{
    private const int Piece = 8 * 1024;

    // Types whose text PostgreSQL's client hands out in pieces.
    private static readonly string[] LongTexts = ["text", "character varying", "character", "citext", "json", "jsonb", "xml"];

    private long _size;

    /// <summary>Writes the row; false when it is larger than a record may be.</summary>
    public async ValueTask<bool> TryWriteAsync(DbDataReader row, CancellationToken cancellation)
    {
        _size = 0;
        json.WriteStartArray();
        for (int column = 0; column < row.FieldCount && _size <= most; column++) await WriteAsync(row, column, cancellation);
        json.WriteEndArray();
        return _size <= most;
    }

    private async ValueTask WriteAsync(DbDataReader row, int column, CancellationToken cancellation)
    {
        if (await row.IsDBNullAsync(column, cancellation))
        {
            json.WriteNullValue();
        }
        else if (row.GetFieldType(column) == typeof(byte[]))
        {
            // Not read at all: it means nothing here and may be large.
            Tagged("other", row.GetDataTypeName(column));
        }
        else if (provider == SqlProvider.PostgreSql && LongTexts.Contains(row.GetDataTypeName(column).Split('(')[0], StringComparer.Ordinal))
        {
            using TextReader text = await row.GetFieldValueAsync<TextReader>(column, cancellation);
            if (await TextAsync(text, cancellation) is { } whole) json.WriteStringValue(whole);
        }
        else
        {
            Write(await ValueAsync(row, column, cancellation), row.GetDataTypeName(column));
        }
    }

    // Null when there is more of it than a record may hold.
    private async ValueTask<string?> TextAsync(TextReader text, CancellationToken cancellation)
    {
        ArrayBufferWriter<char> whole = new();
        while (true)
        {
            int count = await text.ReadAsync(whole.GetMemory(Piece), cancellation);
            if (count == 0) return new string(whole.WrittenSpan);
            whole.Advance(count);
            _size += count;
            if (_size > most) return null;
        }
    }

    // Null for a value of the server that no type of this side can hold, such as a numeric of 40 digits or NaN.
    private static async ValueTask<object?> ValueAsync(DbDataReader row, int column, CancellationToken cancellation)
    {
        try
        {
            return await row.GetFieldValueAsync<object>(column, cancellation);
        }
        catch (Exception unknown) when (unknown is InvalidCastException or OverflowException or NotSupportedException)
        {
            return null;
        }
    }

    private void Write(object? value, string type)
    {
        switch (value)
        {
            case string text:
                _size += text.Length;
                json.WriteStringValue(text);
                break;
            case char or Guid:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal or BigInteger:
                json.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case float or double when double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                json.WriteRawValue(((IFormattable)value).ToString("R", CultureInfo.InvariantCulture));
                break;
            case DateTime { Kind: DateTimeKind.Utc } moment when moment != DateTime.MinValue && moment != DateTime.MaxValue:
                Tagged("at", moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
                break;
            case DateTime or DateOnly or TimeOnly or TimeSpan or DateTimeOffset:
                Tagged("date", ((IFormattable)value).ToString(value is TimeSpan ? "c" : "O", CultureInfo.InvariantCulture));
                break;
            case Array { Rank: 1 } list:
                json.WriteStartArray();
                foreach (object? entry in list) WriteEntry(entry, type);
                json.WriteEndArray();
                break;
            default:
                Tagged("other", type);
                break;
        }
    }

    private void WriteEntry(object? entry, string type)
    {
        if (entry is null) json.WriteNullValue();
        else Write(entry, type);
    }

    private void Tagged(string tag, string text)
    {
        json.WriteStartObject();
        json.WriteString(tag, text);
        json.WriteEndObject();
    }
}
