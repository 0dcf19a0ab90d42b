using System.Collections.Frozen;
using System.Collections.Immutable;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Model;

/// <summary>The kinds of authentication method of docs/graph.md#collections-and-kinds, phones and the password apart.</summary>
public enum StoredMethodKind
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

    /// <summary>A kind that Microsoft has not invented yet: clients must tolerate it (docs/graph.md#behaviour-of-reads).</summary>
    Future,
}

/// <summary>What docs/graph.md#collections-and-kinds, docs/graph.md#other-methods and docs/graph.md#national-clouds say of one kind.</summary>
/// <param name="Name">Short name, used in seeds and as the first half of a request kind (<c>fido2.delete</c>).</param>
/// <param name="Segment">The typed collection's path segment; null where there is none.</param>
/// <param name="ODataType">Type name without <c>#microsoft.graph.</c>.</param>
/// <param name="InV1">Whether v1.0 shows it.</param>
/// <param name="InUsGov">Whether the US government clouds have the segment.</param>
/// <param name="InChina">Whether the China cloud has the segment.</param>
internal sealed record MethodKindFacts(
    StoredMethodKind Kind, string Name, string? Segment, string ODataType, bool InV1, bool InUsGov, bool InChina)
{
    public static ImmutableArray<MethodKindFacts> All { get; } =
    [
        new(StoredMethodKind.Fido2, "fido2", "fido2Methods", "fido2AuthenticationMethod", true, true, false),
        new(StoredMethodKind.MicrosoftAuthenticator, "microsoftAuthenticator", "microsoftAuthenticatorMethods",
            "microsoftAuthenticatorAuthenticationMethod", true, true, true),
        new(StoredMethodKind.SoftwareOath, "softwareOath", "softwareOathMethods", "softwareOathAuthenticationMethod", true, true, false),
        new(StoredMethodKind.WindowsHello, "windowsHello", "windowsHelloForBusinessMethods", "windowsHelloForBusinessAuthenticationMethod", true, true, false),
        new(StoredMethodKind.TemporaryAccessPass, "temporaryAccessPass", "temporaryAccessPassMethods", "temporaryAccessPassAuthenticationMethod",
            true, true, false),
        new(StoredMethodKind.PlatformCredential, "platformCredential", "platformCredentialMethods", "platformCredentialAuthenticationMethod", true, true, true),
        new(StoredMethodKind.External, "external", "externalAuthenticationMethods", "externalAuthenticationMethod", true, false, false),
        new(StoredMethodKind.HardwareOath, "hardwareOath", "hardwareOathMethods", "hardwareOathAuthenticationMethod", false, true, false),
        new(StoredMethodKind.QrCodePin, "qrCodePin", "qrCodePinMethod", "qrCodePinAuthenticationMethod", false, true, false),
        new(StoredMethodKind.ResourceAccountKey, "resourceAccountKey", null, "resourceAccountKeyAuthenticationMethod", false, false, false),
        new(StoredMethodKind.Future, "future", null, "holographicAuthenticationMethod", true, true, true),
    ];

    private static readonly FrozenDictionary<StoredMethodKind, MethodKindFacts> ByKind = All.ToFrozenDictionary(f => f.Kind);

    public static FrozenDictionary<string, MethodKindFacts> BySegment { get; } =
        All.Where(f => f.Segment is not null).ToFrozenDictionary(f => f.Segment ?? "", StringComparer.OrdinalIgnoreCase);

    public static MethodKindFacts For(StoredMethodKind kind) => ByKind[kind];

    public static MethodKindFacts? Named(string name) =>
        All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public bool In(SandboxCloud cloud) => cloud switch
    {
        SandboxCloud.Global => true,
        SandboxCloud.UsGov or SandboxCloud.UsGovDod => InUsGov,
        SandboxCloud.China => InChina,
    };
}
