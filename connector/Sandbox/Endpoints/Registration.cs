using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>What the registration report derives from a user's methods (graph-facts 6.2).</summary>
internal static class Registration
{
    public static List<string> Methods(Credentials of)
    {
        var names = new List<string>();
        if (of.Mobile is not null) names.Add("mobilePhone");
        if (of.AlternateMobile is not null) names.Add("alternateMobilePhone");
        if (of.Office is not null) names.Add("officePhone");
        if (of.Email is not null) names.Add("email");
        foreach (var method in of.Others)
            if (Name(method.Kind) is { } name && !names.Contains(name)) names.Add(name);
        return names;
    }

    private static string? Name(MethodKind kind) => kind switch
    {
        MethodKind.Fido2 => "passKeyDeviceBound",
        MethodKind.MicrosoftAuthenticator => "microsoftAuthenticatorPush",
        MethodKind.SoftwareOath => "softwareOneTimePasscode",
        MethodKind.WindowsHello => "windowsHelloForBusiness",
        MethodKind.TemporaryAccessPass => "temporaryAccessPass",
        MethodKind.PlatformCredential => "macOsSecureEnclaveKey",
        MethodKind.External => "externalAuthMethod",
        MethodKind.HardwareOath => "hardwareOneTimePasscode",
        MethodKind.QrCodePin => "qrCode",
        MethodKind.ResourceAccountKey => null,
        MethodKind.Future => "hologram",
    };

    public static bool Passwordless(Credentials of) => of.Others.Any(m => m.Kind is MethodKind.Fido2 or MethodKind.WindowsHello or MethodKind.PlatformCredential);

    public static string SystemPreferred(Credentials of) =>
        of.First(MethodKind.Fido2) is not null ? "fido2"
        : of.First(MethodKind.MicrosoftAuthenticator) is not null ? "push"
        : of.First(MethodKind.SoftwareOath) is not null || of.First(MethodKind.HardwareOath) is not null ? "oath"
        : of.Mobile is not null ? "sms"
        : "none";
}
