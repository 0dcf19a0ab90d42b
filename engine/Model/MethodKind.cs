using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// The kinds of authentication method that are not phones and not the e-mail method (docs/graph.md#collections-and-kinds).
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

/// <summary>The one table of what a kind of method is called, whether it can be removed, and whether it signs a person in (docs/design.md#usable-methods,
/// docs/sources.md#columns).</summary>
public static class MethodKinds
{
    /// <summary>The kinds that a source may ask to remove, in the order in which they are removed.</summary>
    public static ImmutableArray<MethodKind> Removable { get; } =
    [
        MethodKind.TemporaryAccessPass, MethodKind.QrCodePin, MethodKind.External, MethodKind.PlatformCredential, MethodKind.WindowsHello,
        MethodKind.Fido2, MethodKind.HardwareOath, MethodKind.SoftwareOath, MethodKind.MicrosoftAuthenticator,
    ];

    /// <summary>The name used in sources, documents and messages.</summary>
    public static string Name(this MethodKind kind) => kind switch
    {
        MethodKind.Password => "password",
        MethodKind.MicrosoftAuthenticator => "microsoftAuthenticator",
        MethodKind.Fido2 => "fido2",
        MethodKind.SoftwareOath => "softwareOath",
        MethodKind.HardwareOath => "hardwareOath",
        MethodKind.WindowsHello => "windowsHello",
        MethodKind.PlatformCredential => "platformCredential",
        MethodKind.External => "external",
        MethodKind.TemporaryAccessPass => "temporaryAccessPass",
        MethodKind.QrCodePin => "qrCodePin",
        MethodKind.Unknown => "unknown",
    };

    /// <summary>
    /// Whether a person can still sign in or pass MFA with it (docs/design.md#usable-methods). Hardware OATH counts when it was read.
    /// Not: password, temporary access pass, QR code, unknown kinds.
    /// </summary>
    public static bool IsUsable(this MethodKind kind) => kind switch
    {
        MethodKind.MicrosoftAuthenticator or MethodKind.Fido2 or MethodKind.SoftwareOath or MethodKind.HardwareOath
            or MethodKind.WindowsHello or MethodKind.PlatformCredential or MethodKind.External => true,
        MethodKind.Password or MethodKind.TemporaryAccessPass or MethodKind.QrCodePin or MethodKind.Unknown => false,
    };

    public static bool IsRemovable(this MethodKind kind) => Removable.Contains(kind);

    /// <summary>Reads the name of a removable kind; case, blanks, <c>_</c> and <c>-</c> do not matter.</summary>
    public static bool TryParseRemovable(ReadOnlySpan<char> text, out MethodKind kind)
    {
        foreach (MethodKind candidate in Removable)
        {
            if (LooseNames.Same(text, candidate.Name()))
            {
                kind = candidate;
                return true;
            }
        }

        kind = MethodKind.Unknown;
        return false;
    }
}
