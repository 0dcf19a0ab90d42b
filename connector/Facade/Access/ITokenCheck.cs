namespace ProvisioningConnector.Facade.Access;

/// <summary>What came of checking a token.</summary>
internal abstract record TokenVerdict
{
    private TokenVerdict()
    {
    }

    public sealed record Right(Caller.Jwt Caller) : TokenVerdict;

    public sealed record Wrong : TokenVerdict;

    /// <summary>The issuer's keys could not be fetched.</summary>
    public sealed record NoKeys : TokenVerdict;
}

/// <summary>Checks bearer tokens of an issuer.</summary>
internal interface ITokenCheck
{
    ValueTask<TokenVerdict> CheckAsync(string token, CancellationToken cancellation);
}

/// <summary>No issuer is configured: no token is right.</summary>
internal sealed class NoTokens : ITokenCheck
{
    public ValueTask<TokenVerdict> CheckAsync(string token, CancellationToken cancellation) => ValueTask.FromResult<TokenVerdict>(new TokenVerdict.Wrong());
}
