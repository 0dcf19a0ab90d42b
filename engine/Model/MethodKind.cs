namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// The kinds of authentication method that are not phones and not the e-mail method (graph-facts 1.1).
/// A kind that this version does not know is <see cref="Unknown"/>: kept, shown, never touched.
/// </summary>
public enum MethodKind : byte
{
    Password,
    MicrosoftAuthenticator,
    Fido2,
    SoftwareOath,
    HardwareOath,
    WindowsHello,
    PlatformCredential,
    External,
    TemporaryAccessPass,
    QrCodePin,
    Unknown,
}
