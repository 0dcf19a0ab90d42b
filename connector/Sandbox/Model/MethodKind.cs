namespace ProvisioningConnector.Sandbox.Model;

/// <summary>The kinds of authentication method of graph-facts 1.1, phones and the password apart.</summary>
public enum MethodKind
{
    Fido2,
    MicrosoftAuthenticator,
    SoftwareOath,
    WindowsHello,
    TemporaryAccessPass,
    PlatformCredential,
    External,
    HardwareOath,
    QrCodePin,
    ResourceAccountKey,

    /// <summary>A kind that Microsoft has not invented yet: clients must tolerate it (graph-facts 1.2).</summary>
    Future,
}
