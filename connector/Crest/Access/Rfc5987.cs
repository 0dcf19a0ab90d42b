using System.Text;
using System.Text.Unicode;

namespace ProvisioningConnector.Crest.Access;

/// <summary>Header values that are not ASCII: <c>utf-8''%C3%A9</c> (RFC 5987, section 3.2). Anything that does not begin so is plain.</summary>
internal static class Rfc5987
{
    /// <summary>The value; null when it is not sent, too long or wrongly encoded.</summary>
    public static string? Decode(string? value, int longest)
    {
        if (value is null || value.Length > longest) return null;
        bool utf8 = value.StartsWith("utf-8'", StringComparison.OrdinalIgnoreCase);
        bool latin = value.StartsWith("iso-8859-1'", StringComparison.OrdinalIgnoreCase);
        if (!utf8 && !latin) return value;
        int language = value.IndexOf('\'', StringComparison.Ordinal) + 1;
        int quote = value.IndexOf('\'', language);
        if (quote < 0) return value;
        if (Bytes(value.AsSpan(quote + 1)) is not { } bytes) return null;
        if (latin) return Encoding.Latin1.GetString(bytes);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static byte[]? Bytes(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++, length++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return null;
                bytes[length] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 2;
            }
            else if (text[i] is > ' ' and < '\x7F')
            {
                bytes[length] = (byte)text[i];
            }
            else
            {
                return null;
            }
        }

        return bytes[..length];
    }
}
