using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>What a scheme gives for credentials that are right.</summary>
internal static class Tickets
{
    public static AuthenticateResult For(Caller caller, AuthenticationScheme scheme) =>
        AuthenticateResult.Success(new AuthenticationTicket(Principal(caller, scheme), scheme.Name));

    public static ClaimsPrincipal Principal(Caller caller, AuthenticationScheme scheme) => new(new CallerIdentity(caller, scheme.Name));
}
