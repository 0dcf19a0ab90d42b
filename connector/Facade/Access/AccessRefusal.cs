namespace ProvisioningConnector.Facade.Access;

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
