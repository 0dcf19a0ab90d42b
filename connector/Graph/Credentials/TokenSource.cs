using Azure.Core;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>
/// The present access token: fetched at the first request, kept until shortly before it expires, fetched anew once after a 401.
/// A JWT of another tenant stops everything. Problems on the way to the login is tried again, once for all that wait: they get the same answer.
/// </summary>
internal sealed class TokenSource(TokenCredential credential, GraphTenantOptions options, TimeProvider time, RetryDelay again) : IDisposable
{
    /// <summary>How long a token that could not be renewed early is used before the login is asked again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string[] _scopes = [options.Cloud.Scope()];
    private readonly string _login = $"{options.Cloud.Authority().Host}:{options.Cloud.Authority().Port}";
    private Held? _held;
    private Refused? _refused;

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
        Refused? before = Volatile.Read(ref _refused);
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_held is { } held && held.Token != refused && time.GetUtcNow() < held.Until) return held.Token;
            if (_refused is { } last && last != before) throw new TokenUnavailableException(last.Error, last.Cause);
            Held fetched = await AskAsync(refused, claims, cancellation).ConfigureAwait(false);
            Volatile.Write(ref _held, fetched);
            return fetched.Token;
        }
        catch (TokenUnavailableException e)
        {
            Volatile.Write(ref _refused, new Refused(e.Error, e));
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<Held> AskAsync(string? refused, string? claims, CancellationToken cancellation)
    {
        for (int tries = 1; ; tries++)
        {
            Exception cause;
            TokenProblem problem;
            try
            {
                TokenRequestContext request = new(_scopes, claims: claims, isCaeEnabled: credential is not StaticTokenCredential);
                return Accept(await credential.GetTokenAsync(request, cancellation).ConfigureAwait(false));
            }
            catch (Exception e) when (TokenProblem.IsExpected(e))
            {
                cancellation.ThrowIfCancellationRequested();
                (cause, problem) = (e, TokenProblem.From(e, credential, _login));
            }

            // Renewal begins before a token ends, so an outage of the login need not stop the work.
            if (problem.MayPass && _held is { } held && held.Token != refused
                && time.GetUtcNow() < held.Ends) return held with { Until = Earlier(held.Ends, time.GetUtcNow() + Pause) };
            if (!problem.MayPass || tries >= options.Tries) throw new TokenUnavailableException(problem.Error, cause);
            await again.WaitAsync(tries, null, cancellation).ConfigureAwait(false);
        }
    }

    private Held Accept(AccessToken token)
    {
        TokenFacts facts = JwtClaims.Read(token.Token);
        if (options.TenantId is { } wanted && facts.TenantId is { } actual
            && !SameTenant(wanted, actual)) throw new TenantException(ServiceErrors.WrongTenant(wanted, actual));
        return new Held(token.Token, Until(token), token.ExpiresOn, facts);
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private static bool SameTenant(string left, string right) =>
        Guid.TryParse(left, out Guid a) && Guid.TryParse(right, out Guid b) ? a == b : string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // A token so short-lived that the margin would eat it is used until it ends.
    private DateTimeOffset Until(AccessToken token)
    {
        if (token.RefreshOn is { } refresh && refresh < token.ExpiresOn) return refresh;
        if (token.ExpiresOn == DateTimeOffset.MaxValue) return token.ExpiresOn;
        return token.ExpiresOn - time.GetUtcNow() > 2 * Margin ? token.ExpiresOn - Margin : token.ExpiresOn;
    }

    /// <param name="Token">The token.</param>
    /// <param name="Until">When a new one is asked for.</param>
    /// <param name="Ends">When it expires.</param>
    /// <param name="Facts">What it says of itself.</param>
    private sealed record Held(string Token, DateTimeOffset Until, DateTimeOffset Ends, TokenFacts Facts);

    /// <summary>The last answer that was no token; compared by identity.</summary>
    private sealed class Refused(ServiceError error, Exception cause)
    {
        public ServiceError Error => error;

        public Exception Cause => cause;
    }
}
