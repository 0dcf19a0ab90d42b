using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>The unit that is managed or held (docs/design.md#words).</summary>
public enum Part : byte
{
    Phones,
    Email,
    SmsSignIn,
    PreferredMethod,
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

    /// <summary>Membership of the group of invited people (docs/retirement.md#invite).</summary>
    Membership,
}

/// <summary>Names of parts and their relation to kinds of method.</summary>
public static class Parts
{
    /// <summary>The part that a removable kind of method belongs to.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind cannot be removed.</exception>
    public static Part From(MethodKind kind) => kind switch
    {
        MethodKind.MicrosoftAuthenticator => Part.MicrosoftAuthenticator,
        MethodKind.Fido2 => Part.Fido2,
        MethodKind.SoftwareOath => Part.SoftwareOath,
        MethodKind.HardwareOath => Part.HardwareOath,
        MethodKind.WindowsHello => Part.WindowsHello,
        MethodKind.PlatformCredential => Part.PlatformCredential,
        MethodKind.External => Part.External,
        MethodKind.TemporaryAccessPass => Part.TemporaryAccessPass,
        MethodKind.QrCodePin => Part.QrCodePin,
        MethodKind.Password or MethodKind.Unknown =>
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of method is never removed."),
    };

    /// <summary>The name in documents and messages.</summary>
    public static string Name(this Part part) => part switch
    {
        Part.Phones => "phones",
        Part.Email => "email",
        Part.SmsSignIn => "smsSignIn",
        Part.PreferredMethod => "preferredMethod",
        Part.Password => "password",
        Part.MicrosoftAuthenticator => MethodKind.MicrosoftAuthenticator.Name(),
        Part.Fido2 => MethodKind.Fido2.Name(),
        Part.SoftwareOath => MethodKind.SoftwareOath.Name(),
        Part.HardwareOath => MethodKind.HardwareOath.Name(),
        Part.WindowsHello => MethodKind.WindowsHello.Name(),
        Part.PlatformCredential => MethodKind.PlatformCredential.Name(),
        Part.External => MethodKind.External.Name(),
        Part.TemporaryAccessPass => MethodKind.TemporaryAccessPass.Name(),
        Part.QrCodePin => MethodKind.QrCodePin.Name(),
        Part.Membership => "membership",
    };
}
