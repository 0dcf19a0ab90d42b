using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Icf.Attributes;

/// <summary>What an attribute is about.</summary>
internal enum AttributeRole : byte
{
    /// <summary>A property of the account; read only.</summary>
    Account,

    /// <summary>Graph's objects, as they are; read only.</summary>
    Methods,
    Phones,
    Email,
    SmsSignIn,
    PreferredMethod,

    /// <summary>A new password; write only.</summary>
    Password,

    /// <summary>Ids of methods to delete; write only.</summary>
    Remove,
}

/// <summary>One attribute of object class <c>user</c>.</summary>
/// <param name="Info">Name, kind, flags.</param>
/// <param name="Role">What it is about.</param>
/// <param name="Property">Of account attributes: which.</param>
/// <param name="Removes">Of <see cref="AttributeRole.Remove"/>: which kind of method.</param>
internal sealed record UserAttribute(AttributeInfo Info, AttributeRole Role, UserProperty? Property = null, MethodKind? Removes = null)
{
    public string Name => Info.Name;

    /// <summary>Whether the user's methods must be read for it.</summary>
    public bool NeedsMethods =>
        Role is AttributeRole.Methods or AttributeRole.Phones or AttributeRole.Email or AttributeRole.SmsSignIn or AttributeRole.PreferredMethod;
}

/// <summary>The one table of the attributes of object class <c>user</c>.</summary>
internal static class UserAttributes
{
    private const AttributeFlags ReadOnly = AttributeFlags.NotCreatable | AttributeFlags.NotUpdateable;
    private const AttributeFlags OnDemand = AttributeFlags.NotCreatable | AttributeFlags.NotReturnedByDefault;

    public static ImmutableArray<UserAttribute> All { get; } =
    [
        Account(AttributeNames.Name, UserProperty.PrincipalName, AttributeFlags.Required),
        Account(AttributeNames.Id, UserProperty.Id),
        Account(AttributeNames.PrincipalName, UserProperty.PrincipalName),
        Account(AttributeNames.DisplayName, UserProperty.DisplayName),
        Account(AttributeNames.Mail, UserProperty.Mail),
        Account(AttributeNames.EmployeeId, UserProperty.EmployeeId),
        Account(AttributeNames.AccountEnabled, UserProperty.Enabled, kind: AttributeKind.Flag),
        Account(AttributeNames.UserType, UserProperty.UserType),
        Account(AttributeNames.OnPremisesSyncEnabled, UserProperty.OnPremisesSynced, kind: AttributeKind.Flag),
        new(new(AttributeNames.AuthenticationMethods, AttributeKind.Map, ReadOnly | AttributeFlags.NotReturnedByDefault | AttributeFlags.MultiValued),
            AttributeRole.Methods),
        new(new(AttributeNames.Phones, AttributeKind.Text, OnDemand | AttributeFlags.MultiValued), AttributeRole.Phones),
        new(new(AttributeNames.Email, AttributeKind.Text, OnDemand), AttributeRole.Email),
        new(new(AttributeNames.SmsSignIn, AttributeKind.Flag, OnDemand), AttributeRole.SmsSignIn),
        new(new(AttributeNames.PreferredMethod, AttributeKind.Text, OnDemand), AttributeRole.PreferredMethod),
        new(new(AttributeNames.Password, AttributeKind.Guarded, AttributeFlags.NotReadable | OnDemand), AttributeRole.Password),
        Remove(AttributeNames.RemoveFido2, MethodKind.Fido2),
        Remove(AttributeNames.RemoveMicrosoftAuthenticator, MethodKind.MicrosoftAuthenticator),
        Remove(AttributeNames.RemoveSoftwareOath, MethodKind.SoftwareOath),
        Remove(AttributeNames.RemoveHardwareOath, MethodKind.HardwareOath),
        Remove(AttributeNames.RemoveWindowsHello, MethodKind.WindowsHello),
        Remove(AttributeNames.RemovePlatformCredential, MethodKind.PlatformCredential),
        Remove(AttributeNames.RemoveExternal, MethodKind.External),
        Remove(AttributeNames.RemoveTemporaryAccessPass, MethodKind.TemporaryAccessPass),
        Remove(AttributeNames.RemoveQrCodePin, MethodKind.QrCodePin),
    ];

    public static UserAttribute? Find(string name) =>
        string.Equals(name, AttributeNames.Uid, StringComparison.OrdinalIgnoreCase) ? Find(AttributeNames.Id)
        : All.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="InvalidAttributeValueException">There is no such attribute; the message names the nearest.</exception>
    public static UserAttribute Get(string name)
    {
        if (Find(name) is { } found) return found;
        string hint = Spelling.Nearest(name, All.Select(a => a.Name)) is { } nearest ? $" Did you mean '{nearest}'?" : " See the schema for those there are.";
        throw new InvalidAttributeValueException($"Object class user has no attribute '{name}'.{hint}") { Code = "unknownAttribute" };
    }

    public static UserProperty? PropertyOf(string name) => Find(name)?.Property;

    /// <summary>Whether two texts are one value of an attribute: phones by number and type, everything else ignoring case.</summary>
    public static bool Same(string attribute, string left, string right)
    {
        if (Find(attribute)?.Role == AttributeRole.Phones
            && PhoneEntryReader.TryReadKept(left, null, out PhoneEntry one)
            && PhoneEntryReader.TryReadKept(right, null, out PhoneEntry other)) return one == other;
        return string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
    }

    private static UserAttribute Account(string name, UserProperty property, AttributeFlags more = AttributeFlags.None,
        AttributeKind kind = AttributeKind.Text) =>
        new(new AttributeInfo(name, kind, ReadOnly | more), AttributeRole.Account, property);

    private static UserAttribute Remove(string name, MethodKind kind) =>
        new(new AttributeInfo(name, AttributeKind.Text,
            AttributeFlags.NotReadable | AttributeFlags.NotCreatable | AttributeFlags.NotReturnedByDefault | AttributeFlags.MultiValued),
            AttributeRole.Remove, Removes: kind);
}
