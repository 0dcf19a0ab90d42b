using System.Security.Claims;

namespace ProvisioningConnector.Facade.Access;

/// <summary>The identity of a request's user: its one claim is the actor's name; what the caller may do is asked of the <see cref="Caller"/>.</summary>
/// <param name="caller">Who calls.</param>
/// <param name="scheme">The authentication scheme that accepted the proof.</param>
internal sealed class CallerIdentity(Caller caller, string scheme) : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Actor)], scheme)
{
    /// <summary>Who calls.</summary>
    public Caller Caller => caller;
}
