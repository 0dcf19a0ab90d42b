using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>What an access token says of itself.</summary>
/// <param name="IsJwt">False: opaque; it is not checked and counts as app-only (docs/configuration.md#credentials).</param>
/// <param name="IsDelegated">It speaks for a person: claim <c>scp</c>, or <c>idtyp</c> is <c>user</c>.</param>
/// <param name="TenantId">Claim <c>tid</c>.</param>
/// <param name="AppId">Claim <c>appid</c> or <c>azp</c>.</param>
public readonly record struct TokenFacts(bool IsJwt, bool IsDelegated, string? TenantId, string? AppId)
{
    /// <summary>What it may do: claim <c>roles</c>, or <c>scp</c> where it speaks for a person.</summary>
    public ImmutableArray<string> Roles { get => field.IsDefault ? [] : field; init; }

    /// <summary>Whether the token speaks for an app.</summary>
    public bool IsAppOnly => !IsDelegated;
}

/// <summary>Reads what a JWT says of itself. Nothing is verified: that is the service's business, ours is only not to work on the wrong tenant.</summary>
internal static class JwtClaims
{
    public static TokenFacts Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3) return default;
        try
        {
            using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            JsonElement root = claims.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return default;
            bool delegated = Text(root, "idtyp") switch
            {
                { } kind when kind.Equals("app", StringComparison.OrdinalIgnoreCase) => false,
                { } kind when kind.Equals("user", StringComparison.OrdinalIgnoreCase) => true,
                _ => Text(root, "scp") is { Length: > 0 },
            };
            return new TokenFacts(true, delegated, Text(root, "tid"), Text(root, "appid") ?? Text(root, "azp")) { Roles = Roles(root) };
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // Three parts by chance: an opaque token.
            return default;
        }
    }

    private static ImmutableArray<string> Roles(JsonElement root)
    {
        IEnumerable<string> roles = root.TryGetProperty("roles", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(static role => role.ValueKind == JsonValueKind.String).Select(static role => role.GetString() ?? string.Empty) : [];
        return [.. roles, .. (Text(root, "scp") ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
