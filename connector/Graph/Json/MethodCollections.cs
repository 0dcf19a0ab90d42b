using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Graph.Json;

/// <summary>The typed collection of each kind (graph-facts 1.1): the only place from which a method can be deleted (graph-facts 4).</summary>
internal static class MethodCollections
{
    /// <summary>The segment behind <c>authentication/</c>; null where this program has none to delete from.</summary>
    public static string? Segment(MethodKind kind) => kind switch
    {
        MethodKind.MicrosoftAuthenticator => "microsoftAuthenticatorMethods",
        MethodKind.Fido2 => "fido2Methods",
        MethodKind.SoftwareOath => "softwareOathMethods",
        MethodKind.HardwareOath => "hardwareOathMethods",
        MethodKind.WindowsHello => "windowsHelloForBusinessMethods",
        MethodKind.PlatformCredential => "platformCredentialMethods",
        MethodKind.External => "externalAuthenticationMethods",
        MethodKind.TemporaryAccessPass => "temporaryAccessPassMethods",
        MethodKind.Password or MethodKind.QrCodePin or MethodKind.Unknown => null,
    };

    /// <summary>Hardware OATH has no place in v1.0.</summary>
    public static bool IsBeta(MethodKind kind) => kind == MethodKind.HardwareOath;
}
