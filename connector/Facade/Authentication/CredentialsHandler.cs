using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>
/// The default scheme: gives what a request shows to the scheme that knows it, counts and records failures, and answers all refusals alike.
/// Every way to fail takes the same steps: the store is asked (for an id that no one has, where none was shown), a digest is computed and compared in
/// constant time, and only then it is looked at what else is wrong. Schemes log nothing: each request has its line (<c>ExceptionMiddleware</c>).
/// </summary>
internal sealed class CredentialsHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder,
    IApiKeys keys, TokenIssuers issuers, LoginThrottle throttle, RefusalRecords records)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        Credentials shown = CredentialReader.Read(Request.Headers);
        Context.Features.Set(shown);
        if (shown is not Credentials.Key) await LookUpNoneAsync();
        AuthenticateResult result = shown switch
        {
            // Many clients ask without credentials first; that is no attempt.
            Credentials.Nothing => AuthenticateResult.Fail(new RefusedCaller(throttle.Pause(Place, null))),
            Credentials.Unusable => AuthenticateResult.Fail(new WrongCredentials(AccessRefusal.Unusable)),
            Credentials.Key => await Context.AuthenticateAsync(CallerSchemes.ApiKey),
            Credentials.Account => await Context.AuthenticateAsync(CallerSchemes.LoopbackAccount),
            Credentials.Token token => await TokenAsync(token),
            _ => throw new InvalidOperationException($"Credentials are of an unknown kind: {shown.GetType().Name}."),
        };
        return result.Succeeded ? result : AuthenticateResult.Fail(await JudgeAsync(result.Failure));
    }

    /// <summary>The one 401. A person's browser asks for name and key where the page is; programs get the same answer everywhere.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        AuthenticateResult result = await HandleAuthenticateOnceSafeAsync();
        if (result.Failure is IssuerUnavailable)
        {
            await ErrorReply.WriteAsync(Context, StatusCodes.Status503ServiceUnavailable, "The token cannot be checked now.", SoonAgain);
            return;
        }

        Response.Headers.WWWAuthenticate = BrowserPage.IsAsked(Request) ? "Basic realm=\"provision\", charset=\"UTF-8\"" : "Bearer realm=\"openidm\"";
        await ErrorReply.WriteAsync(Context, StatusCodes.Status401Unauthorized, ErrorReply.AccessDenied, (result.Failure as RefusedCaller)?.Pause);
    }

    private string Place => LoginThrottle.Place(Context.Connection.RemoteIpAddress);

    private Task<AuthenticateResult> TokenAsync(Credentials.Token shown)
    {
        TokenText? text = issuers.IsEmpty ? null : TokenText.Read(shown.Text);
        if (text is null || issuers.Find(text.Issuer) is not { } issuer)
            return Task.FromResult(AuthenticateResult.Fail(new WrongCredentials(AccessRefusal.Token)));
        Context.Features.Set(text);
        return Context.AuthenticateAsync(CallerSchemes.Bearer(issuer.Settings.Name));
    }

    /// <summary>A failure that is an attempt counts at its address and id, and is recorded.</summary>
    private async Task<AuthenticationFailure> JudgeAsync(Exception? failure)
    {
        if (failure is IssuerUnavailable or RefusedCaller) return (AuthenticationFailure)failure;
        // During a pause an attempt changes nothing, or the next answer would say whether it was right.
        if (failure is PausedCredentials paused) return new RefusedCaller(throttle.Pause(Place, paused.Id));
        // What the token library finds wrong has exceptions of its own.
        WrongCredentials wrong = failure as WrongCredentials ?? new WrongCredentials(AccessRefusal.Token);
        long failures = throttle.Failed(Place, wrong.Id);
        await records.RecordAsync(wrong.Why, wrong.KeyId, Place, failures, Context.Correlation().Logged, Context.RequestAborted);
        return new RefusedCaller(throttle.Pause(Place, wrong.Id));
    }

    private async Task LookUpNoneAsync()
    {
        await keys.FindAsync(KeyText.IdOfNone, Context.RequestAborted);
        KeyText.Matches(KeyText.IdOfNone, null);
    }
}
