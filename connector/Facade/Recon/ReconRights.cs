using System.Diagnostics;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>Which right a caller needs before a run writes this on their behalf.</summary>
internal static class ReconRights
{
    /// <summary>A default method is switched for the sake of a part, and needs that part's right; on its own it belongs to the phones.</summary>
    public static Right For(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return For(operation.Part);
    }

    private static Right For(Part part) => part switch
    {
        Part.Phones or Part.PreferredMethod => Right.Phones,
        Part.Email => Right.Email,
        Part.SmsSignIn => Right.SmsSignIn,
        Part.Password => Right.Password,
        Part.MicrosoftAuthenticator or Part.Fido2 or Part.SoftwareOath or Part.HardwareOath or Part.WindowsHello or Part.PlatformCredential or Part.External
            or Part.TemporaryAccessPass or Part.QrCodePin => Right.Remove,
        // No list can contain it (docs/retirement.md#invite).
        Part.Membership => throw new UnreachableException(part.Name()),
    };
}
