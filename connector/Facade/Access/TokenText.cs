using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Facade.Access;

/// <summary>
/// What a token says of itself; nothing of it is proved. It is read strictly (RFC 7515, 7519)
/// before the token library sees it, because anyone who calls may send anything:
/// two JSON objects, each name once, and every member that decides something of the kind that the standard gives it. What is not so is no token.
/// </summary>
/// <param name="Algorithm"><c>alg</c>.</param>
/// <param name="KeyId"><c>kid</c>; null when there is none.</param>
/// <param name="Issuer"><c>iss</c>; null when there is none.</param>
/// <param name="Subject"><c>sub</c>; null when there is none.</param>
/// <param name="NotBefore"><c>nbf</c> in seconds since 1970; null when there is none.</param>
/// <param name="Expires"><c>exp</c> in seconds since 1970; null when there is none.</param>
/// <param name="Payload">The claims.</param>
internal sealed record TokenText(string Algorithm, string? KeyId, string? Issuer, string? Subject, double? NotBefore, double? Expires, JsonElement Payload)
{
    // The end of the year 9999 in seconds: a later instant is no date.
    private const double LastSecond = 253_402_300_799;
    private static readonly BodyLimits Limits = new(1 << 16, 16);
    private static readonly string[] HeaderTexts = ["alg", "kid", "typ", "cty", "jku", "x5u", "x5t", "x5t#S256", "enc", "zip"];
    private static readonly string[] PayloadTexts = ["iss", "sub", "jti"];
    private static readonly string[] PayloadInstants = ["exp", "nbf", "iat"];

    /// <summary>Null: no token.</summary>
    public static TokenText? Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts is not [var first, var second, { Length: > 0 } signature] || !IsEncoded(signature)
            || Object(first) is not { } header || Object(second) is not { } payload) return null;
        // "crit" names what must be understood beyond the standard: nothing of that is.
        if (header.TryGetProperty("crit", out _) || Text(header, "alg") is not { } algorithm) return null;
        bool isRight = HeaderTexts.All(name => Is(header, name, IsText)) && PayloadTexts.All(name => Is(payload, name, IsText))
            && PayloadInstants.All(name => Is(payload, name, IsInstant)) && Is(payload, "aud", IsTextOrTexts);
        return isRight
            ? new TokenText(algorithm, Text(header, "kid"), Text(payload, "iss"), Text(payload, "sub"), Seconds(payload, "nbf"), Seconds(payload, "exp"),
                payload)
            : null;
    }

    /// <summary>The texts of a claim: of one text its words, as in <c>scp</c>; of a list, as in
    /// <c>roles</c>, the words of its texts. Values of other kinds are no texts.</summary>
    public ImmutableArray<string> Words(string claim)
    {
        if (!Payload.TryGetProperty(claim, out JsonElement value)) return [];
        IEnumerable<JsonElement> values = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        return [.. values.Where(IsText).SelectMany(text => (text.GetString() ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>Not printed.</summary>
    public override string ToString() => nameof(TokenText);

    private static JsonElement? Object(string part) =>
        IsEncoded(part) && JsonBody.SingleObject(Base64Url.DecodeFromChars(part), Limits).Succeeded(out JsonElement json, out _) ? json : null;

    /// <summary>Without padding and white space, which readers treat differently.</summary>
    private static bool IsEncoded(string part) => part.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && Base64Url.IsValid(part);

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && IsText(value) ? value.GetString() : null;

    private static double? Seconds(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;

    private static bool Is(JsonElement json, string name, Func<JsonElement, bool> kind) => !json.TryGetProperty(name, out JsonElement value) || kind(value);

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsTextOrTexts(JsonElement value) => IsText(value) || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText));

    private static bool IsInstant(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double seconds) && seconds is >= 0 and <= LastSecond;
}
