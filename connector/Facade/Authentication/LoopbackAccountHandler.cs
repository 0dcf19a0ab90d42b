using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>Names and passwords of rehearsals on this machine (docs/facade.md#loopback-accounts), for direct calls only.</summary>
internal sealed class LoopbackAccountHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder, LoopbackAccounts accounts, LoginThrottle throttle)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Check());

    private AuthenticateResult Check()
    {
        if (Context.Features.Get<Credentials>() is not Credentials.Account shown) return AuthenticateResult.NoResult();
        string place = LoginThrottle.Place(Context.Connection.RemoteIpAddress);
        string id = accounts.Knows(shown.Name) ? shown.Name : "?";
        // A password can be guessed: during a pause none is looked at.
        if (throttle.PauseOf(place, id) > TimeSpan.Zero) return AuthenticateResult.Fail(new PausedCredentials(id));
        bool isRight = accounts.Matches(shown.Name, shown.Password);
        if (!isRight || !LocalCall.IsDirect(Context)) return AuthenticateResult.Fail(new WrongCredentials(AccessRefusal.Account, id));
        throttle.Succeeded(place, id);
        return Tickets.For(new Caller.LoopbackAccount(shown.Name), Scheme);
    }
}
