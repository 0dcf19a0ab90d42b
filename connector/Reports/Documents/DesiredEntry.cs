using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>What a source wants of a user, full values. Null is unmanaged, <c>none</c> is explicitly empty (docs/sources.md#cells).</summary>
public sealed record DesiredEntry
{
    /// <summary>The word for an explicit empty value.</summary>
    public const string None = "none";

    public string? Mobile { get; init; }

    public string? AlternateMobile { get; init; }

    public string? Office { get; init; }

    public string? Email { get; init; }

    public ImmutableArray<RemovalEntry> Remove { get; init => field = value.IsDefault ? [] : value; } = [];

    public bool? SmsSignIn { get; init; }

    public PreferredMethod? Preferred { get; init; }

    /// <summary>Addition: membership of one group. Null, and left out, for everything but <c>migrate invite</c> and its undo.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroupMembership? Membership { get; init; }
}

/// <summary>Methods of one kind to remove; all of them when <paramref name="Ids"/> is empty.</summary>
public sealed record RemovalEntry(MethodKind Kind, ImmutableArray<string> Ids);

/// <summary>What a source wants, to and from its entry.</summary>
internal static class DesiredEntries
{
    public static DesiredEntry From(DesiredMethods desired) => new()
    {
        Mobile = Text(desired.Mobile),
        AlternateMobile = Text(desired.AlternateMobile),
        Office = Text(desired.Office),
        Email = desired.Email.TryGet(out string? address) ? address : desired.Email.IsManaged ? DesiredEntry.None : null,
        Remove = [.. desired.Removals.Select(r => new RemovalEntry(r.Kind, r.Ids))],
        SmsSignIn = desired.SmsSignIn,
        Preferred = desired.Preferred,
        Membership = desired.Membership,
    };

    /// <exception cref="JsonException">A value is not a phone number.</exception>
    public static DesiredMethods ToDesired(DesiredEntry entry) => new()
    {
        Mobile = Number(entry.Mobile),
        AlternateMobile = Number(entry.AlternateMobile),
        Office = Number(entry.Office),
        Email = entry.Email switch
        {
            null => default,
            DesiredEntry.None => Managed.None<string>(),
            { } address => Managed.Value(address),
        },
        Removals = [.. entry.Remove.Select(r => new Removal(r.Kind, r.Ids.IsDefault ? [] : r.Ids))],
        SmsSignIn = entry.SmsSignIn,
        Preferred = entry.Preferred,
        Membership = entry.Membership,
    };

    private static string? Text(Managed<PhoneNumber> wanted) =>
        wanted.TryGet(out PhoneNumber number) ? number.Canonical() : wanted.IsManaged ? DesiredEntry.None : null;

    private static Managed<PhoneNumber> Number(string? text) => text switch
    {
        null => default,
        DesiredEntry.None => Managed.None<PhoneNumber>(),
        _ => Managed.Value(CanonicalNumbers.Read(text)),
    };
}
