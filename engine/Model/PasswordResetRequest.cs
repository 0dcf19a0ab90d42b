namespace ProvisioningConnector.Engine.Model;

/// <summary>By which request a password is reset; the access token decides (docs/graph.md#password-reset).</summary>
public enum PasswordRoute : byte
{
    /// <summary><c>resetPassword</c>, followed to its end: for a person's token only. Writes back to the on-premises directory.</summary>
    ResetOperation,

    /// <summary><c>passwordProfile</c> of the user: for the token of an app.</summary>
    PasswordProfile,
}

/// <summary>The request for a new password. The password itself never stands in a request, a plan or a result.</summary>
/// <param name="Route">The request.</param>
/// <param name="IsGiven">Someone chose the password; otherwise it is generated.</param>
/// <param name="MustChange">The person must change it at the next sign-in; by <see cref="PasswordRoute.ResetOperation"/> always.</param>
public sealed record PasswordResetRequest(PasswordRoute Route, bool IsGiven, bool MustChange = true);

/// <summary>Names of routes in documents.</summary>
public static class PasswordRoutes
{
    public static string Name(this PasswordRoute route) => route switch
    {
        PasswordRoute.ResetOperation => "resetPassword",
        PasswordRoute.PasswordProfile => "passwordProfile",
    };
}
