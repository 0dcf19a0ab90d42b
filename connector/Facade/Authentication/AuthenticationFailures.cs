using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>Why a scheme did not accept credentials. No answer shows it.</summary>
internal abstract class AuthenticationFailure(string message) : Exception(message);

/// <summary>The credentials are wrong; it counts as an attempt.</summary>
/// <param name="why">For the chain of evidence.</param>
/// <param name="id">Key id or account name that failures count by; null: by address only.</param>
/// <param name="keyId">The public id shown, where it has the form of one; null otherwise.</param>
internal sealed class WrongCredentials(AccessRefusal why, string? id = null, string? keyId = null) : AuthenticationFailure("wrong credentials")
{
    public AccessRefusal Why => why;

    public string? Id => id;

    public string? KeyId => keyId;
}

/// <summary>They were not looked at, because a pause holds; it is no attempt.</summary>
internal sealed class PausedCredentials(string id) : AuthenticationFailure("not looked at during a pause")
{
    /// <summary>What the pause is of.</summary>
    public string Id => id;
}

/// <summary>A token cannot be checked: its issuer's keys are not to be had.</summary>
internal sealed class IssuerUnavailable() : AuthenticationFailure("the issuer's keys are not available");

/// <summary>The request must wait before the next attempt; the 401 says so.</summary>
/// <param name="pause">Zero: no pause holds.</param>
internal sealed class RefusedCaller(TimeSpan pause) : AuthenticationFailure("refused")
{
    public TimeSpan Pause => pause;
}
