using System.Buffers.Text;
using System.Text;

namespace ProvisioningConnector.Graph.Http;

/// <summary>The claims that a 401 asks for (continuous access evaluation): parameter <c>claims</c> of <c>WWW-Authenticate</c>, Base64.</summary>
internal static class ClaimsChallenge
{
    public static string? Read(string? challenge)
    {
        const string Name = "claims=\"";
        int at = challenge?.IndexOf(Name, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (challenge is null || at < 0) return null;
        ReadOnlySpan<char> rest = challenge.AsSpan(at + Name.Length);
        int end = rest.IndexOf('"');
        if (end <= 0) return null;
        ReadOnlySpan<char> value = rest[..end].TrimEnd('=');
        byte[] bytes = new byte[value.Length];
        return Base64Url.IsValid(value) && Base64Url.TryDecodeFromChars(value, bytes, out int written)
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, written)) : null;
    }
}
