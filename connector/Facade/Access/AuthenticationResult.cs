namespace ProvisioningConnector.Facade.Access;

/// <summary>What came of checking who calls.</summary>
internal abstract record AuthenticationResult
{
    private AuthenticationResult()
    {
    }

    public sealed record Success(Caller Caller) : AuthenticationResult;

    /// <summary>Refused; the answer does not show why.</summary>
    /// <param name="RetryAfter">The pause that holds now; zero: none.</param>
    public sealed record Refused(TimeSpan RetryAfter) : AuthenticationResult;

    /// <summary>It could not be checked: the issuer's keys are not to be had.</summary>
    public sealed record Unknown : AuthenticationResult;
}

/// <summary>Why a caller was refused: for the chain of evidence and the log only.</summary>
internal enum AccessRefusal
{
    Unusable,
    UnknownKey,
    WrongSecret,
    WrongName,
    Revoked,
    Expired,
    Address,
    Account,
    Token,
}
