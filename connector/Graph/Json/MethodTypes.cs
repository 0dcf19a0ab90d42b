using System.Text.Json;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Graph.Json;

/// <summary>What an entry of <c>authentication/methods</c> is: a phone, the e-mail method, or one of the other kinds.</summary>
internal enum EntryType : byte
{
    Missing,
    Phone,
    Email,
    Other,
}

/// <summary>The service's type names (docs/graph.md#collections-and-kinds).</summary>
internal static class MethodTypes
{
    private const string Prefix = "microsoft.graph.";
    private const int Room = 128;

    /// <summary>Reads the present string as <c>@odata.type</c>; <paramref name="unknown"/> is set for a kind that this version does not know.</summary>
    public static EntryType Read(ref Utf8JsonReader reader, out MethodKind kind, out string? unknown)
    {
        kind = MethodKind.Unknown;
        unknown = null;
        Span<char> room = stackalloc char[Room];
        if (reader.HasValueSequence || reader.ValueSpan.Length > Room)
        {
            unknown = reader.GetString();
            return EntryType.Other;
        }

        return Read(room[..reader.CopyString(room)], out kind, out unknown);
    }

    /// <summary>What a type's name means.</summary>
    public static (EntryType Type, MethodKind Kind) Read(string name)
    {
        EntryType type = Read(name, out MethodKind kind, out _);
        return (type, kind);
    }

    private static EntryType Read(ReadOnlySpan<char> text, out MethodKind kind, out string? unknown)
    {
        kind = MethodKind.Unknown;
        unknown = null;
        ReadOnlySpan<char> name = text.TrimStart('#');
        ReadOnlySpan<char> bare = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name;
        if (bare.IsEmpty) return EntryType.Missing;
        if (Is(bare, "phoneAuthenticationMethod")) return EntryType.Phone;
        if (Is(bare, "emailAuthenticationMethod")) return EntryType.Email;
        if (Is(bare, "passwordAuthenticationMethod")) kind = MethodKind.Password;
        else if (Is(bare, "microsoftAuthenticatorAuthenticationMethod")) kind = MethodKind.MicrosoftAuthenticator;
        else if (Is(bare, "fido2AuthenticationMethod")) kind = MethodKind.Fido2;
        else if (Is(bare, "softwareOathAuthenticationMethod")) kind = MethodKind.SoftwareOath;
        else if (Is(bare, "hardwareOathAuthenticationMethod")) kind = MethodKind.HardwareOath;
        else if (Is(bare, "windowsHelloForBusinessAuthenticationMethod")) kind = MethodKind.WindowsHello;
        else if (Is(bare, "platformCredentialAuthenticationMethod")) kind = MethodKind.PlatformCredential;
        else if (Is(bare, "externalAuthenticationMethod")) kind = MethodKind.External;
        else if (Is(bare, "temporaryAccessPassAuthenticationMethod")) kind = MethodKind.TemporaryAccessPass;
        else if (Is(bare, "qrCodePinAuthenticationMethod")) kind = MethodKind.QrCodePin;
        else unknown = name.ToString();
        return EntryType.Other;
    }

    private static bool Is(ReadOnlySpan<char> left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Lists of one kind that are read by themselves (docs/graph.md#collections-and-kinds): where there is no list of all, or that one lacks the
/// kind.</summary>
internal static class KindLists
{
    /// <summary>The segment behind <c>authentication/</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is read with all others, or never.</exception>
    public static string Segment(MethodKind kind) => kind switch
    {
        MethodKind.MicrosoftAuthenticator => "microsoftAuthenticatorMethods",
        MethodKind.PlatformCredential => "platformCredentialMethods",
        MethodKind.HardwareOath => "hardwareOathMethods",
        MethodKind.QrCodePin => "qrCodePinMethod",
        MethodKind.Fido2 or MethodKind.SoftwareOath or MethodKind.WindowsHello or MethodKind.External or MethodKind.TemporaryAccessPass
            or MethodKind.Password or MethodKind.Unknown =>
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind has no list that is read by itself."),
    };

    /// <summary>Hardware OATH and the QR code with PIN have no place in v1.0.</summary>
    public static bool IsBeta(MethodKind kind) => kind is MethodKind.HardwareOath or MethodKind.QrCodePin;

    /// <summary>Whether the segment is the one method itself, not a list: a user has one at most, and it has no id in its address.</summary>
    public static bool IsSingle(MethodKind kind) => kind == MethodKind.QrCodePin;
}
