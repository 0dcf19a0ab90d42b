using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Icf.Attributes;

/// <summary>A user with the attributes that were read.</summary>
/// <param name="Account">The account.</param>
/// <param name="Methods">Null when no one asked for methods.</param>
/// <param name="Sent">Phones as last sent.</param>
internal sealed record UserReading(DirectoryUser Account, CurrentMethods? Methods, ImmutableArray<string> Sent);

/// <summary>Users as objects, and their attributes' values.</summary>
/// <param name="spelling">How numbers are spelled.</param>
/// <param name="masks">Hides values.</param>
/// <param name="revision">Revision of a state.</param>
internal sealed class ObjectMaking(PhoneSpelling spelling, ValueMasks masks, Func<CurrentMethods, string> revision)
{
    public ConnectorObject Make(UserReading user, IEnumerable<UserAttribute> attributes, bool full)
    {
        string? read = user.Methods is { } methods ? revision(methods) : null;
        return new ConnectorObject(
            new Uid(user.Account.Uid, read), user.Account.PrincipalName ?? user.Account.Uid,
            [.. attributes.Select(a => new ConnectorAttribute(a.Name, Values(user, a, full)))]);
    }

    /// <summary>Values of an attribute; none when it is not set, or was not read.</summary>
    public ImmutableArray<object> Values(UserReading user, UserAttribute attribute, bool full)
    {
        if (attribute is { Role: AttributeRole.Account, Property: { } property }) return Account(user.Account, property) is { } value ? [value] : [];
        if (user.Methods is not { } now) return [];
        ValueMasks? hide = full ? null : masks;
        return attribute.Role switch
        {
            AttributeRole.Account or AttributeRole.Password or AttributeRole.Remove => [],
            AttributeRole.Methods => MethodMaps.From(now, hide),
            AttributeRole.Phones => [.. PhoneTexts.From(now, spelling, user.Sent, hide)],
            AttributeRole.Email => now.Email is { } email ? [hide?.Address(email.Address) ?? email.Address] : [],
            AttributeRole.SmsSignIn => now.Mobile.IsEmpty || now.SmsSignIn == SmsSignInState.Unknown ? [] : [now.SmsSignIn == SmsSignInState.Ready],
            AttributeRole.PreferredMethod => now.Default.Knowledge == DefaultMethodKnowledge.Known ? [now.Default.Method.Name()] : [],
        };
    }

    private static object? Account(DirectoryUser account, UserProperty property) => property switch
    {
        UserProperty.Id => account.Uid,
        UserProperty.PrincipalName => account.PrincipalName,
        UserProperty.DisplayName => account.DisplayName,
        UserProperty.Mail => account.Mail,
        UserProperty.EmployeeId => account.EmployeeId,
        UserProperty.Enabled => account.Enabled,
        UserProperty.UserType => account.IsGuest ? "Guest" : "Member",
        UserProperty.OnPremisesSynced => account.OnPremisesSynced,
    };
}
