namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

internal enum Verb
{
    Post,
    Patch,
    Delete,
    Remove,
    Prefer,
}

/// <summary>One write of the rule table: a verb, what it is about (slot, bit or preference) and the number it carries.</summary>
internal readonly record struct Write(Verb Verb, int About, int Number = 0);

/// <summary>
/// The service as a table of rules: when a write is accepted, and what the user has afterwards.
/// Written from docs/graph.md#phone-requests, docs/graph.md#phone-constraints, docs/graph.md#default-method-and-deletion, docs/graph.md#other-methods and
/// docs/graph.md#sign-in-preferences, not from the planner.
/// </summary>
internal static class Service
{
    private static readonly Dictionary<Verb, (Func<World, Write, bool> Accepts, Func<World, Write, World> Does)> Rules = new()
    {
        // A slot that is taken answers a POST with an error; alternateMobile needs mobile.
        [Verb.Post] = ((w, x) => w[x.About] == 0 && (x.About != 1 || w.Mobile != 0), (w, x) => w.WithSlot(x.About, x.Number)),
        [Verb.Patch] = ((w, x) => w[x.About] != 0 && w[x.About] != x.Number, (w, x) => w.WithSlot(x.About, x.Number)),
        // mobile stays while there is an alternateMobile; the default cannot be deleted.
        [Verb.Delete] = (
            (w, x) => w[x.About] != 0 && (x.About != 0 || w.Alternate == 0) && (w.Default == 0 || SlotOf(w.Default) != x.About),
            (w, x) => w.WithSlot(x.About, 0)),
        [Verb.Remove] = (
            (w, x) => (w.Others & (1 << x.About)) != 0 && !TakesDefault(w, 1 << x.About),
            (w, x) => w with { Others = w.Others & ~(1 << x.About) }),
        [Verb.Prefer] = ((w, x) => w.Default != 0 && w.Default != x.About && IsThere(w, x.About), (w, x) => w with { Default = x.About }),
    };

    public static bool TryWrite(World before, Write write, out World after)
    {
        (Func<World, Write, bool> accepts, Func<World, Write, World> does) = Rules[write.Verb];
        after = before;
        if (!accepts(before, write)) return false;
        after = does(before, write);
        return true;
    }

    /// <summary>Whether the user has what serves a preference: sms and voiceMobile 3 and 4, voiceAlternateMobile 5, voiceOffice 6.</summary>
    public static bool IsThere(World world, int preference) =>
        SlotOf(preference) is var slot && slot >= 0 ? world[slot] != 0 : (world.Others & OtherMethods.Serving(preference)) != 0;

    public static int SlotOf(int preference) => preference switch { 3 or 4 => 0, 5 => 1, 6 => 2, _ => -1 };

    private static bool TakesDefault(World world, int bit)
    {
        int serving = OtherMethods.Serving(world.Default);
        return (serving & bit) != 0 && (world.Others & serving & ~bit) == 0;
    }
}
