using System.Collections.Immutable;
using System.Numerics;

namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// Several kinds of method of which a reading may say nothing: the e-mail method and every kind that can be removed. Phones are always read, or there
/// is no state (docs/design.md#complete-state). The names are stored.
/// </summary>
[Flags]
public enum KindSet : ushort
{
    None = 0,
    Email = 1 << 0,
    MicrosoftAuthenticator = 1 << 1,
    Fido2 = 1 << 2,
    SoftwareOath = 1 << 3,
    HardwareOath = 1 << 4,
    WindowsHello = 1 << 5,
    PlatformCredential = 1 << 6,
    External = 1 << 7,
    TemporaryAccessPass = 1 << 8,
    QrCodePin = 1 << 9,
}

/// <summary>Sets of kinds, and their relation to single kinds.</summary>
public static class KindSets
{
    private const string EmailName = "email";

    /// <summary>Kinds that no list of all methods shows: each has a list of its own (beta), read where it is asked for.</summary>
    public const KindSet Beside = KindSet.HardwareOath | KindSet.QrCodePin;

    /// <summary>Every kind there is a set for.</summary>
    public const KindSet All = KindSet.Email | KindSet.MicrosoftAuthenticator | KindSet.Fido2 | KindSet.SoftwareOath | KindSet.HardwareOath
        | KindSet.WindowsHello | KindSet.PlatformCredential | KindSet.External | KindSet.TemporaryAccessPass | KindSet.QrCodePin;

    /// <summary>The set of this kind alone; empty for kinds that are never changed.</summary>
    public static KindSet From(MethodKind kind) => kind switch
    {
        MethodKind.MicrosoftAuthenticator => KindSet.MicrosoftAuthenticator,
        MethodKind.Fido2 => KindSet.Fido2,
        MethodKind.SoftwareOath => KindSet.SoftwareOath,
        MethodKind.HardwareOath => KindSet.HardwareOath,
        MethodKind.WindowsHello => KindSet.WindowsHello,
        MethodKind.PlatformCredential => KindSet.PlatformCredential,
        MethodKind.External => KindSet.External,
        MethodKind.TemporaryAccessPass => KindSet.TemporaryAccessPass,
        MethodKind.QrCodePin => KindSet.QrCodePin,
        MethodKind.Password or MethodKind.Unknown => KindSet.None,
    };

    /// <summary>Whether the set holds the kind.</summary>
    public static bool Has(this KindSet set, MethodKind kind) => (set & From(kind)) != KindSet.None;

    /// <summary>Whether the set holds the e-mail method.</summary>
    public static bool HasEmail(this KindSet set) => (set & KindSet.Email) != KindSet.None;

    /// <summary>The kinds of a set without the e-mail method, in the order of <see cref="MethodKind"/>.</summary>
    public static IEnumerable<MethodKind> Kinds(this KindSet set) =>
        (set & ~KindSet.Email) == KindSet.None ? [] : Enum.GetValues<MethodKind>().Where(kind => set.Has(kind));

    /// <summary>The names in documents and messages: <c>email</c>, then the kinds.</summary>
    public static ImmutableArray<string> Names(this KindSet set)
    {
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>(BitOperations.PopCount((uint)set));
        if (set.HasEmail()) names.Add(EmailName);
        foreach (MethodKind kind in set.Kinds()) names.Add(kind.Name());
        return names.ToImmutable();
    }

    /// <summary>The set of these names; a name that this version does not know is left out.</summary>
    public static KindSet Parse(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        KindSet set = KindSet.None;
        foreach (string name in names) set |= Parse(name);
        return set;
    }

    private static KindSet Parse(string name)
    {
        if (string.Equals(name, EmailName, StringComparison.Ordinal)) return KindSet.Email;
        foreach (MethodKind kind in Enum.GetValues<MethodKind>())
        {
            if (string.Equals(name, kind.Name(), StringComparison.Ordinal)) return From(kind);
        }

        return KindSet.None;
    }
}
