using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>What we do before and after the token library checks a token of an issuer: look whether there are keys, and map roles to rights.</summary>
internal sealed class TokenEvents(TokenIssuer issuer, TokenIssuers issuers) : JwtBearerEvents
{
    private const int LongestSubject = 100;

    /// <inheritdoc/>
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (context.HttpContext.Features.Get<TokenText>() is not { } text || context.HttpContext.Features.Get<Credentials>() is not Credentials.Token token)
        {
            context.NoResult();
        }
        else if (!TokenRules.Algorithms.Contains(text.Algorithm))
        {
            context.Fail(new WrongCredentials(AccessRefusal.Token));
        }
        else if (!await issuer.Keys.AreKnownAsync(text.KeyId, context.HttpContext.RequestAborted))
        {
            context.Fail(new IssuerUnavailable());
        }
        else
        {
            context.Token = token.Text;
        }
    }

    /// <inheritdoc/>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        if (context.HttpContext.Features.Get<TokenText>() is { } text && Caller(text) is { } caller)
            context.Principal = Tickets.Principal(caller, context.Scheme);
        else context.Fail(new WrongCredentials(AccessRefusal.Token));
        return Task.CompletedTask;
    }

    /// <summary>Null: no role of it is mapped, or it names no subject, or one that could be read as another issuer's.</summary>
    private Caller.Jwt? Caller(TokenText token)
    {
        Dictionary<string, ImmutableArray<Right>> grants = new(StringComparer.OrdinalIgnoreCase);
        foreach (string role in token.Words(issuer.Settings.RoleClaim))
        {
            if (!issuer.Settings.Roles.TryGetValue(role, out ImmutableSortedDictionary<string, ImmutableArray<Right>>? mapped)) continue;
            foreach ((string tenant, ImmutableArray<Right> rights) in mapped) grants[tenant] = [.. grants.GetValueOrDefault(tenant, []).Union(rights)];
        }

        return grants.Count == 0 || string.IsNullOrWhiteSpace(token.Subject) || (issuer.Settings.Name.Length == 0 && issuers.IsOfAnother(token.Subject))
            ? null
            : new Caller.Jwt(issuer.Settings.Name, Plain(token.Subject), grants.ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase));
    }

    private static string Plain(string subject) => string.Concat(subject.EnumerateRunes().Where(r => !Rune.IsControl(r)).Take(LongestSubject));
}
