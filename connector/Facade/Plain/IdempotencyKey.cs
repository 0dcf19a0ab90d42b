using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>A request that its caller named with <c>Idempotency-Key</c>; keys of one caller in one tenant, so that none meets another's.</summary>
/// <param name="Name">Digest of caller, tenant and key.</param>
/// <param name="Content">Digest of the request's content.</param>
internal sealed record IdempotencyKey(string Name, string Content)
{
    public const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>The header as sent; null: none.</summary>
    /// <exception cref="FacadeRefusal">400.</exception>
    public static string? Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Header, out StringValues sent) || sent.Count == 0) return null;
        string text = sent.Count == 1 ? sent.ToString().Trim() : string.Empty;
        return text.Length is > 0 and <= Longest && text.All(c => c is > ' ' and <= '~')
            ? text
            : throw JsonBodyReader.Bad("badIdempotencyKey",
                $"{Header} must be one text of at most {Longest} printable characters without blanks, such as a GUID.");
    }

    public static IdempotencyKey From(HttpContext context, PlainCall call, string key)
    {
        HttpRequest request = context.Request;
        string body = call.Body.ValueKind == System.Text.Json.JsonValueKind.Undefined ? string.Empty : call.Body.GetRawText();
        return new IdempotencyKey(
            Join(call.Session.Identity.Id.ToUpperInvariant(), call.Actor, key),
            Join(request.Method, UriHelper.BuildRelative(path: request.Path, query: request.QueryString),
                request.Headers.IfMatch.ToString(), request.Headers.IfNoneMatch.ToString(), body));
    }

    /// <summary>Keyed, because bodies hold numbers and passwords that could be guessed.</summary>
    public IdempotencyKey Digested(ReadOnlySpan<byte> key) => new(Digest(key, Name), Digest(key, Content));

    private static string Digest(ReadOnlySpan<byte> key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    // Lengths keep one part from running into the next.
    private static string Join(params ReadOnlySpan<string> parts)
    {
        StringBuilder all = new();
        foreach (string part in parts) all.Append(part.Length).Append(':').Append(part).Append('\n');
        return all.ToString();
    }
}
