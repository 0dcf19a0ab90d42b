namespace ProvisioningConnector.Facade.Authentication;

/// <summary>Names of the authentication schemes (docs/facade.md#keys-and-access).</summary>
internal static class CallerSchemes
{
    /// <summary>The default: reads what a request shows, gives it to the scheme that knows it, and answers for all of them.</summary>
    public const string Front = "Credentials";

    public const string ApiKey = "ApiKey";

    public const string LoopbackAccount = "LoopbackAccount";

    /// <summary>Tokens of one issuer.</summary>
    /// <param name="issuer">Its name under <c>Facade:Issuers</c>; empty: that of <c>Facade:Jwt</c>.</param>
    public static string Bearer(string issuer) => issuer.Length == 0 ? "Bearer" : $"Bearer:{issuer}";
}
