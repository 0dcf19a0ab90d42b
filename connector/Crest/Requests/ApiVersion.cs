using System.Globalization;

namespace ProvisioningConnector.Crest.Requests;

/// <summary>A version <c>major.minor</c>; <c>2</c> is <c>2.0</c>.</summary>
public readonly record struct ApiVersion(int Major, int Minor)
{
    /// <summary>Whether this version came before the other one.</summary>
    public bool IsBefore(ApiVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor)) < 0;

    /// <summary>The version in the text; null when it is none.</summary>
    public static ApiVersion? Parse(ReadOnlySpan<char> text)
    {
        int dot = text.IndexOf('.');
        if (dot < 0) return Number(text) is { } whole ? new(whole, 0) : null;
        return Number(text[..dot]) is { } major && Number(text[(dot + 1)..]) is { } minor ? new(major, minor) : null;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static int? Number(ReadOnlySpan<char> text) =>
        text.Length <= 6 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
