namespace ProvisioningConnector.Engine.Readiness;

/// <summary>What the directory says of an account's origin.</summary>
/// <param name="IsGuest">Whether <c>userType</c> is Guest; null: not known.</param>
/// <param name="PrincipalName">External accounts have <c>#EXT#</c> in it, and may keep it when they become internal.</param>
/// <param name="ExternalState"><c>externalUserState</c>; null: none or not known.</param>
/// <param name="ForeignIdentity">Whether another directory or provider signs the person in (<c>identities</c>); null: not known.</param>
public readonly record struct AccountSigns(bool? IsGuest, string? PrincipalName, string? ExternalState, bool? ForeignIdentity)
{
    /// <summary>The kind of account, and whether all signs agree. Where they do not, more signs decide.</summary>
    public (AccountKind Kind, bool IsCertain) Kind()
    {
        bool named = PrincipalName?.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) ?? false;
        bool invited = !string.IsNullOrEmpty(ExternalState);
        bool external = ForeignIdentity ?? (named || invited);
        // Identities decide; where they say external another sign must agree, and where they say internal none may speak against it.
        bool certain = IsGuest is not null && (ForeignIdentity is null ? named == invited : external == (named || invited));
        return ((external, IsGuest ?? external) switch
        {
            (true, true) => AccountKind.ExternalGuest,
            (true, false) => AccountKind.ExternalMember,
            (false, true) => AccountKind.InternalGuest,
            (false, false) => AccountKind.Member,
        }, certain);
    }
}
