using System.Text;

namespace ProvisioningConnector.Host.Facade.Access;

/// <summary>Header values that may be written as <c>utf-8''%C3%A9</c> (RFC 5987; idm-conventions 1.8). Plain values stay as they are.</summary>
internal static class Rfc5987
{
    /// <summary>Null: the value says that it is encoded, but is not rightly so.</summary>
    public static string? Read(string value)
    {
        int charset = value.IndexOf('\'', StringComparison.Ordinal);
        int language = charset < 0 ? -1 : value.IndexOf('\'', charset + 1);
        if (language < 0) return value;
        Encoding? encoding = value[..charset].ToUpperInvariant() switch
        {
            "UTF-8" => new UTF8Encoding(false, throwOnInvalidBytes: true),
            "ISO-8859-1" => Encoding.Latin1,
            _ => null,
        };
        // A password may hold apostrophes of its own.
        if (encoding is null) return value;
        return Bytes(value.AsSpan(language + 1)) is { } bytes ? Text(encoding, bytes) : null;
    }

    private static byte[]? Bytes(ReadOnlySpan<char> text)
    {
        List<byte> bytes = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                if (text[i] > '~') return null;
                bytes.Add((byte)text[i]);
                continue;
            }

            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return null;
            bytes.Add(Convert.FromHexString(text.Slice(i + 1, 2))[0]);
            i += 2;
        }

        return [.. bytes];
    }

    private static string? Text(Encoding encoding, byte[] bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // No UTF-8: told as not rightly encoded.
            return null;
        }
    }
}
