using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>What the audit trail, its check and its comparison record (docs/running.md).</summary>
public static class AuditCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("edited", Audit, "A record is not as it was signed."),
        new("brokenLink", Audit, "A record does not follow the one before it."),
        new("missing", Audit, "Records are missing."),
        new("cutOff", Audit, "The second sink has records that the trail no longer has."),
        new("replaced", Audit, "The second sink has another record of that number."),
        new("runNotTold", Audit, "The store has a run that the trail does not have."),
        new("endNotTold", Audit, "The store has the end of a run that the trail does not have."),
        new("secondSink", Audit, "The second sink is gone, lacks heads or cannot be read."),
        new("notInTenantLog", Audit, "The tenant's log does not show an operation of the trail."),
        new("unknownChange", Audit, "The tenant's log shows a change that the trail does not have."),
        new("unusableCredentials", Audit, "A login was refused: the credentials cannot be read."),
        new("wrongSecret", Audit, "A login was refused: wrong secret."),
        new("wrongName", Audit, "A login was refused: the name is not the key's."),
        new("revokedKey", Audit, "A login was refused: the key is revoked."),
        new("expiredKey", Audit, "A login was refused: the key has expired."),
        new("addressNotListed", Audit, "A login was refused: the address is not listed for the key."),
        new("wrongAccount", Audit, "A login was refused: wrong loopback account."),
        new("wrongToken", Audit, "A login was refused: the token is not valid."),
    ];
}
