using System.Collections.Immutable;
using System.Numerics;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Readiness;

/// <summary>Which methods a person has registered; never a value.</summary>
[Flags]
public enum PersonMethods
{
    None = 0,
    MobilePhone = 1 << 0,
    AlternateMobilePhone = 1 << 1,
    OfficePhone = 1 << 2,
    Email = 1 << 3,
    SecurityQuestions = 1 << 4,
    AuthenticatorPush = 1 << 5,
    AuthenticatorPasswordless = 1 << 6,
    SoftwareOath = 1 << 7,
    HardwareOath = 1 << 8,

    /// <summary>Security keys and synced passkeys.</summary>
    Passkey = 1 << 9,

    /// <summary>A passkey within Microsoft Authenticator.</summary>
    AuthenticatorPasskey = 1 << 10,
    WindowsHello = 1 << 11,
    PlatformCredential = 1 << 12,
    External = 1 << 13,
    TemporaryAccessPass = 1 << 14,
    QrCodePin = 1 << 15,

    /// <summary>A kind that this version does not know; it does not count.</summary>
    UnknownKind = 1 << 16,
}

/// <summary>Groups of methods, their names, and where they come from.</summary>
public static class MethodSets
{
    public const PersonMethods Phones = PersonMethods.MobilePhone | PersonMethods.AlternateMobilePhone | PersonMethods.OfficePhone;

    /// <summary>What NPS, RADIUS and AD FS take besides calls.</summary>
    public const PersonMethods PushOrOath = PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless
        | PersonMethods.SoftwareOath | PersonMethods.HardwareOath;

    /// <summary>Bound to one device, of no use on another.</summary>
    public const PersonMethods DeviceBound = PersonMethods.WindowsHello | PersonMethods.PlatformCredential;

    /// <summary>What counts as MFA whatever happens to phones.</summary>
    public const PersonMethods Counted = PushOrOath | DeviceBound | PersonMethods.Passkey | PersonMethods.AuthenticatorPasskey | PersonMethods.External;

    /// <summary>What self-service password reset takes. The alternate mobile is not among it, nor are passkeys, Windows Hello,
    /// platform credentials and external methods.</summary>
    public const PersonMethods Reset = PersonMethods.MobilePhone | PersonMethods.OfficePhone | PersonMethods.Email | PersonMethods.SecurityQuestions
        | PushOrOath;

    /// <summary>What a reading of a person's methods (v1.0) does not show and only the registration report does.</summary>
    public const PersonMethods OnlyInReport = PersonMethods.HardwareOath | PersonMethods.SecurityQuestions;

    private static readonly ImmutableArray<(PersonMethods Method, string Name)> Named =
    [
        (PersonMethods.MobilePhone, "mobilePhone"), (PersonMethods.AlternateMobilePhone, "alternateMobilePhone"), (PersonMethods.OfficePhone, "officePhone"),
        (PersonMethods.Email, "email"), (PersonMethods.SecurityQuestions, "securityQuestion"),
        (PersonMethods.AuthenticatorPush, "microsoftAuthenticatorPush"), (PersonMethods.AuthenticatorPasswordless, "microsoftAuthenticatorPasswordless"),
        (PersonMethods.SoftwareOath, "softwareOneTimePasscode"), (PersonMethods.HardwareOath, "hardwareOneTimePasscode"),
        (PersonMethods.Passkey, "passKeyDeviceBound"), (PersonMethods.AuthenticatorPasskey, "passKeyDeviceBoundAuthenticator"),
        (PersonMethods.WindowsHello, "windowsHelloForBusiness"), (PersonMethods.PlatformCredential, "macOsSecureEnclaveKey"),
        (PersonMethods.External, "externalAuthMethod"), (PersonMethods.TemporaryAccessPass, "temporaryAccessPass"), (PersonMethods.QrCodePin, "qrCode"),
        (PersonMethods.UnknownKind, "unknown"),
    ];

    /// <summary>Every single method, in the order of documents.</summary>
    public static IEnumerable<PersonMethods> All => Named.Select(static pair => pair.Method);

    /// <summary>The names of what is in a set, in a fixed order.</summary>
    public static IEnumerable<string> Names(this PersonMethods methods) =>
        Named.Where(pair => methods.HasFlag(pair.Method)).Select(static pair => pair.Name);

    /// <summary>How many methods are in a set.</summary>
    public static int Count(this PersonMethods methods) => BitOperations.PopCount((uint)methods);

    /// <summary>The method that the registration report names so; an unknown name is an unknown kind, which does not count.</summary>
    public static PersonMethods FromReport(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.ToUpperInvariant() switch
        {
            "MOBILEPHONE" => PersonMethods.MobilePhone,
            "ALTERNATEMOBILEPHONE" => PersonMethods.AlternateMobilePhone,
            "OFFICEPHONE" => PersonMethods.OfficePhone,
            "EMAIL" => PersonMethods.Email,
            "SECURITYQUESTION" or "SECURITYQUESTIONS" => PersonMethods.SecurityQuestions,
            "MICROSOFTAUTHENTICATORPUSH" => PersonMethods.AuthenticatorPush,
            "MICROSOFTAUTHENTICATORPASSWORDLESS" => PersonMethods.AuthenticatorPasswordless,
            "SOFTWAREONETIMEPASSCODE" => PersonMethods.SoftwareOath,
            "HARDWAREONETIMEPASSCODE" => PersonMethods.HardwareOath,
            "PASSKEYDEVICEBOUNDAUTHENTICATOR" => PersonMethods.AuthenticatorPasskey,
            "PASSKEYDEVICEBOUND" or "PASSKEYSYNCED" or "FIDO2SECURITYKEY" or "FIDO2" => PersonMethods.Passkey,
            "WINDOWSHELLOFORBUSINESS" or "PASSKEYDEVICEBOUNDWINDOWSHELLO" => PersonMethods.WindowsHello,
            "MACOSSECUREENCLAVEKEY" or "PLATFORMCREDENTIAL" => PersonMethods.PlatformCredential,
            "EXTERNALAUTHMETHOD" or "EXTERNAL" => PersonMethods.External,
            "TEMPORARYACCESSPASS" => PersonMethods.TemporaryAccessPass,
            "QRCODE" or "QRCODEPIN" => PersonMethods.QrCodePin,
            "PASSWORD" or "NONE" or "" => PersonMethods.None,
            _ => PersonMethods.UnknownKind,
        };
    }

    /// <summary>What a live reading shows.</summary>
    public static PersonMethods From(CurrentMethods current)
    {
        ArgumentNullException.ThrowIfNull(current);
        PersonMethods methods = (current.Mobile.IsEmpty ? PersonMethods.None : PersonMethods.MobilePhone)
            | (current.AlternateMobile.IsEmpty ? PersonMethods.None : PersonMethods.AlternateMobilePhone)
            | (current.Office.IsEmpty ? PersonMethods.None : PersonMethods.OfficePhone)
            | (current.Email is null ? PersonMethods.None : PersonMethods.Email);
        foreach (AuthenticationMethod method in current.Others) methods |= From(method.Kind);
        return methods;
    }

    /// <summary>What a reading says nothing of, the registration report perhaps does.</summary>
    public static PersonMethods NotShown(KindSet unread)
    {
        PersonMethods methods = unread.HasEmail() ? OnlyInReport | PersonMethods.Email : OnlyInReport;
        foreach (MethodKind kind in unread.Kinds()) methods |= From(kind);
        return methods;
    }

    /// <summary>The phone of a slot.</summary>
    public static PersonMethods From(PhoneType slot) => slot switch
    {
        PhoneType.Mobile => PersonMethods.MobilePhone,
        PhoneType.AlternateMobile => PersonMethods.AlternateMobilePhone,
        PhoneType.Office => PersonMethods.OfficePhone,
    };

    /// <summary>A method that is neither phone nor e-mail; the password is none of these.</summary>
    public static PersonMethods From(MethodKind kind) => kind switch
    {
        MethodKind.Password => PersonMethods.None,
        MethodKind.MicrosoftAuthenticator => PersonMethods.AuthenticatorPush,
        MethodKind.Fido2 => PersonMethods.Passkey,
        MethodKind.SoftwareOath => PersonMethods.SoftwareOath,
        MethodKind.HardwareOath => PersonMethods.HardwareOath,
        MethodKind.WindowsHello => PersonMethods.WindowsHello,
        MethodKind.PlatformCredential => PersonMethods.PlatformCredential,
        MethodKind.External => PersonMethods.External,
        MethodKind.TemporaryAccessPass => PersonMethods.TemporaryAccessPass,
        MethodKind.QrCodePin => PersonMethods.QrCodePin,
        MethodKind.Unknown => PersonMethods.UnknownKind,
    };
}
