using Azure.Core;
using Azure.Identity;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Graph;

/// <summary>
/// The present access token: fetched at the first request, kept until shortly before it expires, fetched anew once after a 401.
/// A JWT of another tenant stops everything.
/// </summary>
internal sealed class TokenSource(TokenCredential credential, GraphTenantOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string[] _scopes = [options.Cloud.Scope()];
    private Held? _held;

    /// <summary>What the present token says of itself; null before the first.</summary>
    public TokenFacts? Facts => Volatile.Read(ref _held)?.Facts;

    /// <summary>The token to send.</summary>
    /// <exception cref="TenantException">The token is of another tenant.</exception>
    /// <exception cref="TokenUnavailableException">There is no token to be had.</exception>
    public ValueTask<string> GetAsync(CancellationToken cancellation) =>
        Volatile.Read(ref _held) is { } held && time.GetUtcNow() < held.Until ? new(held.Token) : FetchAsync(null, null, cancellation);

    /// <summary>After a 401: another token than the refused one, or the same when there is no other.</summary>
    public ValueTask<string> RenewAsync(string refused, string? claims, CancellationToken cancellation) => FetchAsync(refused, claims, cancellation);

    public void Dispose() => _turn.Dispose();

    private async ValueTask<string> FetchAsync(string? refused, string? claims, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_held is { } held && held.Token != refused && time.GetUtcNow() < held.Until) return held.Token;
            AccessToken token = await credential.GetTokenAsync(new TokenRequestContext(_scopes, claims: claims, isCaeEnabled: credential is not StaticTokenCredential), cancellation).ConfigureAwait(false);
            TokenFacts facts = JwtClaims.Read(token.Token);
            if (options.TenantId is { } wanted && facts.TenantId is { } actual && !SameTenant(wanted, actual)) throw new TenantException(ServiceErrors.WrongTenant(wanted, actual));
            Volatile.Write(ref _held, new Held(token.Token, Until(token), facts));
            return token.Token;
        }
        catch (Exception e) when (e is AuthenticationFailedException or Azure.RequestFailedException or HttpRequestException)
        {
            throw new TokenUnavailableException(ServiceErrors.NoToken(e.Message), e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static bool SameTenant(string left, string right) =>
        Guid.TryParse(left, out Guid a) && Guid.TryParse(right, out Guid b) ? a == b : string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // A token so short-lived that the margin would eat it is used until it ends.
    private DateTimeOffset Until(AccessToken token)
    {
        if (token.RefreshOn is { } refresh && refresh < token.ExpiresOn) return refresh;
        if (token.ExpiresOn == DateTimeOffset.MaxValue) return token.ExpiresOn;
        return token.ExpiresOn - time.GetUtcNow() > 2 * Margin ? token.ExpiresOn - Margin : token.ExpiresOn;
    }

    private sealed record Held(string Token, DateTimeOffset Until, TokenFacts Facts);
}
