using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;

namespace ProvisioningConnector.Facade.Access;

/// <summary>
/// The issuer's public keys (JWKS), from an https address or a file: fetched when first needed, again after an hour, and when a token names a key that is
/// not there, at most every 30 s. While the issuer is not to be had, the keys known so far count for a day.
/// </summary>
internal sealed class SigningKeys(IssuerKeys issuer, TimeProvider time, ILogger<SigningKeys> log) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usable = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _one = new(1, 1);
    private ImmutableArray<JsonWebKey> _keys = [];
    private DateTimeOffset? _fetchedAt;
    private DateTimeOffset? _triedAt;

    /// <summary>The present keys; null: none are to be had.</summary>
    public async ValueTask<IReadOnlyList<SecurityKey>?> ForAsync(string? kid, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            bool due = _fetchedAt is not { } at || now - at > Fresh || (!string.IsNullOrEmpty(kid) && !_keys.Any(k => k.Kid == kid));
            if (due && (_triedAt is not { } tried || now - tried >= BetweenTries)) await FetchAsync(now, cancellation);
            return _fetchedAt is { } fetched && now - fetched <= Usable ? _keys : null;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task FetchAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        _triedAt = now;
        try
        {
            // Only public keys of asymmetric kinds: with a symmetric one, anybody who knows it could sign.
            _keys = [.. new JsonWebKeySet(await issuer.FetchAsync(cancellation)).Keys.Where(k => k.Kty is "RSA" or "EC" && k.Use is null or "" or "sig")];
            _fetchedAt = now;
        }
        catch (Exception wrong) when (wrong is HttpRequestException or IOException or UnauthorizedAccessException
        or ArgumentException or System.Text.Json.JsonException or InvalidOperationException
            || (wrong is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            log.LogWarning("The token issuer's keys (Facade:Jwt:Keys) could not be read: {Problem}. "
                + "Tokens signed with the keys read before are accepted for one day.",
                wrong.GetType().Name);
        }
    }
}
