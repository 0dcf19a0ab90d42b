using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>What the tenant held of a user, full values.</summary>
public sealed record CurrentEntry
{
    public string? Mobile { get; init; }

    public string? AlternateMobile { get; init; }

    public string? Office { get; init; }

    public SmsSignInState SmsSignIn { get; init; }

    public CurrentEmail? Email { get; init; }

    public ImmutableArray<AuthenticationMethod> Others { get; init => field = value.IsDefault ? [] : value; } = [];

    public bool HardwareOathRead { get; init; }

    /// <summary>Addition: kinds of which the reading says nothing. Null for the usual two, and in plans of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Unread { get; init; }

    /// <summary>Addition: membership of the group that was asked about; null, and left out, where none was, or it could not be read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroupMembership? Membership { get; init; }

    /// <summary>The default method, or <c>notRead</c>, <c>unreadable</c>, <c>none</c>.</summary>
    public required string Default { get; init; }
}

/// <summary>The tenant's state, to and from its entry.</summary>
internal static class CurrentEntries
{
    public static CurrentEntry From(CurrentMethods current) => new()
    {
        Mobile = current.Mobile.FullText(),
        AlternateMobile = current.AlternateMobile.FullText(),
        Office = current.Office.FullText(),
        SmsSignIn = current.SmsSignIn,
        Email = current.Email,
        Others = current.Others,
        HardwareOathRead = current.HardwareOathRead,
        Unread = current.Unread == KindSets.Beside ? null : current.Unread.Names(),
        Membership = current.Membership,
        Default = StateNames.Describe(current.Default),
    };

    /// <exception cref="JsonException">The default method is not one that this version knows.</exception>
    public static CurrentMethods ToCurrent(CurrentEntry entry) => new()
    {
        Mobile = Slot(entry.Mobile),
        AlternateMobile = Slot(entry.AlternateMobile),
        Office = Slot(entry.Office),
        SmsSignIn = entry.SmsSignIn,
        Email = entry.Email,
        Others = entry.Others,
        Unread = entry.Unread is { IsDefault: false } unread ? KindSets.Parse(unread)
            : entry.HardwareOathRead ? KindSets.Beside & ~KindSet.HardwareOath : KindSets.Beside,
        Membership = entry.Membership,
        Default = StateNames.Default(entry.Default) ?? throw new JsonException("current.default is not a default method."),
    };

    public static CurrentSlot Slot(string? text) => text is null ? CurrentSlot.Empty : CurrentSlot.FromGraph(text);
}
