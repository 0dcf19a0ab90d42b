using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>API keys: the secret's digest is compared first, in constant time, and only then it is looked at what else is wrong with the key.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder, IApiKeys keys, LoginThrottle throttle)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Features.Get<Credentials>() is not Credentials.Key shown) return AuthenticateResult.NoResult();
        ApiKey? key = await keys.FindAsync(shown.Text.Id, Context.RequestAborted);
        bool isRight = KeyText.Matches(shown.Text.Secret, key?.Digest);
        AccessRefusal? refusal = key is null ? AccessRefusal.UnknownKey
            : !isRight ? AccessRefusal.WrongSecret
            : key.RevokedAt is not null ? AccessRefusal.Revoked
            : !key.IsLive(TimeProvider.GetUtcNow()) ? AccessRefusal.Expired
            : !key.MayComeFrom(Context.Connection.RemoteIpAddress) ? AccessRefusal.Address
            : shown.Name is { } name && name != key.Id && !name.Equals(key.Name, StringComparison.OrdinalIgnoreCase) ? AccessRefusal.WrongName
            : null;
        if (refusal is not null || key is null)
            return AuthenticateResult.Fail(new WrongCredentials(refusal ?? AccessRefusal.UnknownKey, shown.Text.Id, shown.Text.Id));
        throttle.Succeeded(LoginThrottle.Place(Context.Connection.RemoteIpAddress), key.Id);
        return Tickets.For(new Caller.Key(key.Id, key.Name, key.Grants), Scheme);
    }
}
