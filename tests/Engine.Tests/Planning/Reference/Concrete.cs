using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>Turns a sketch into the planner's input, and the planner's states back into worlds.</summary>
internal static class Concrete
{
    private static readonly PhoneNumber[] Numbers =
        [.. Enumerable.Range(0, World.Numbers + 1)
        .Select(n => CurrentSlot.FromGraph($"+1 206555010{n.ToString(CultureInfo.InvariantCulture)}").TryGetNumber(out PhoneNumber number)
        ? number : throw new InvalidOperationException())];

    private static readonly PreferredMethod[] Preferences =
    [
        PreferredMethod.Push, PreferredMethod.Oath, PreferredMethod.Sms, PreferredMethod.VoiceMobile,
        PreferredMethod.VoiceAlternateMobile, PreferredMethod.VoiceOffice,
    ];

    private static readonly string[] Addresses = ["", "kim@contoso.com", "kim@fabrikam.com"];

    /// <summary>Of the six preferences, strongest first, by their place from 1.</summary>
    public static PreferredMethod Preference(int index) => Preferences[index - 1];

    public static int IndexOf(PreferredMethod preferred) => Array.IndexOf(Preferences, preferred) + 1;

    public static PlanRequest Request(Sketch sketch) => new(Current(sketch), Desired(sketch), sketch.Policy, sketch.Account, sketch.Holds);

    public static CurrentMethods Current(Sketch sketch) => new()
    {
        Mobile = Slot(sketch.Phones.Now.Mobile),
        AlternateMobile = Slot(sketch.Phones.Now.Alternate),
        Office = Slot(sketch.Phones.Now.Office),
        SmsSignIn = (SmsSignInState)sketch.SmsState,
        Email = sketch.Email == 0 ? null : new CurrentEmail("email-1", Addresses[sketch.Email]),
        Others = [.. Bits(sketch.Others).Select(OtherMethods.Method)],
        Default = sketch.DefaultKnown switch
        {
            Known.None => DefaultMethod.None,
            Known.Is => DefaultMethod.From(Preference(sketch.Default)),
            Known.NotRead => DefaultMethod.NotRead,
            Known.Unreadable => DefaultMethod.Unreadable,
        },
    };

    public static World Back(CurrentMethods current)
    {
        int others = 0;
        for (int bit = 0; bit < OtherMethods.Count; bit++)
        {
            if (current.Others.Contains(OtherMethods.Method(bit))) others |= 1 << bit;
        }

        return new World(
            Back(current.Mobile), Back(current.AlternateMobile), Back(current.Office), others,
            current.Default.Knowledge == DefaultMethodKnowledge.Known ? IndexOf(current.Default.Method) : 0);
    }

    private static DesiredMethods Desired(Sketch sketch) => new()
    {
        Mobile = Desired(sketch.Phones.Wanted.Mobile),
        AlternateMobile = Desired(sketch.Phones.Wanted.Alternate),
        Office = Desired(sketch.Phones.Wanted.Office),
        Email = sketch.EmailWanted switch { < 0 => default, 0 => Managed.None<string>(), _ => Managed.Value(Addresses[sketch.EmailWanted]) },
        SmsSignIn = sketch.SmsWanted,
        Preferred = sketch.PreferredWanted == 0 ? null : Preference(sketch.PreferredWanted),
        Removals = Removals(sketch.Removed),
    };

    /// <summary>All of a kind where every method of the kind is to go, else by id.</summary>
    private static ImmutableArray<Removal> Removals(int removed) =>
    [
        .. Bits(removed).GroupBy(bit => OtherMethods.Method(bit).Kind).OrderBy(g => g.Key).Select(g =>
            (removed & OtherMethods.SameKind(g.First())) == OtherMethods.SameKind(g.First())
                ? Removal.AllOf(g.Key)
                : new Removal(g.Key, [.. g.Select(bit => OtherMethods.Method(bit).Id)])),
    ];

    private static IEnumerable<int> Bits(int mask) => Enumerable.Range(0, OtherMethods.Count).Where(bit => (mask & (1 << bit)) != 0);

    private static CurrentSlot Slot(int value) => value switch
    {
        0 => CurrentSlot.Empty,
        World.Unreadable => CurrentSlot.FromGraph("reception, ask for Kim"),
        _ => CurrentSlot.From(Numbers[value]),
    };

    private static int Back(CurrentSlot slot) =>
        slot.IsEmpty ? 0 : slot.TryGetNumber(out PhoneNumber number) ? Array.IndexOf(Numbers, number) : World.Unreadable;

    private static Managed<PhoneNumber> Desired(int value) => value switch
    {
        PhoneCase.Unmanaged => default,
        0 => Managed.None<PhoneNumber>(),
        _ => Managed.Value(Numbers[value]),
    };
}
