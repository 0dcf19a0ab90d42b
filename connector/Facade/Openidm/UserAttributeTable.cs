using System.Collections.Frozen;
using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Objects;
using ProvisioningConnector.Icf.Operations;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>What the facade knows of the attributes of <c>user</c>, from ICF's schema.</summary>
internal static class UserAttributeTable
{
    public static ImmutableArray<AttributeInfo> All { get; } = IcfConnector.Schema.Classes[0].Attributes;

    public static ImmutableArray<string> Names { get; } = [.. All.Select(a => a.Name)];

    /// <summary>Those that are handed out when no one names any.</summary>
    public static ImmutableArray<string> Defaults { get; } = [.. All.Where(a => !a.Flags.HasFlag(AttributeFlags.NotReturnedByDefault)).Select(a => a.Name)];

    private static FrozenDictionary<string, AttributeInfo> ByName { get; } = All.ToFrozenDictionary(a => a.Name, StringComparer.OrdinalIgnoreCase);

    public static AttributeInfo? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>What a filter or sort key names; OpenIDM's <c>_id</c> is ICF's <c>__UID__</c>.</summary>
    public static string? InFilter(string name) => name == "_id" || name == AttributeNames.Uid ? AttributeNames.Uid : Find(name)?.Name;

    public static bool IsMany(this AttributeInfo attribute) => attribute.Flags.HasFlag(AttributeFlags.MultiValued);

    public static bool IsReadable(this AttributeInfo attribute) => !attribute.Flags.HasFlag(AttributeFlags.NotReadable);

    /// <summary>Whether the user's methods are read for it.</summary>
    public static bool ShowsMethods(string name) =>
        name is AttributeNames.AuthenticationMethods or AttributeNames.Phones or AttributeNames.Email
        or AttributeNames.SmsSignIn or AttributeNames.PreferredMethod;

    /// <summary>The right that changing it takes; null: it is read only.</summary>
    public static Right? RightToWrite(string name) => name switch
    {
        AttributeNames.Phones or AttributeNames.PreferredMethod => Right.Phones,
        AttributeNames.Email => Right.Email,
        AttributeNames.SmsSignIn => Right.SmsSignIn,
        AttributeNames.Password => Right.Password,
        AttributeNames.RemoveFido2 or AttributeNames.RemoveMicrosoftAuthenticator or AttributeNames.RemoveSoftwareOath or AttributeNames.RemoveHardwareOath
            or AttributeNames.RemoveWindowsHello or AttributeNames.RemovePlatformCredential or AttributeNames.RemoveExternal
            or AttributeNames.RemoveTemporaryAccessPass or AttributeNames.RemoveQrCodePin => Right.Remove,
        _ => null,
    };
}
