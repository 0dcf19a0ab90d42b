namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>
/// What the three slots hold and what is wanted of them: 0 none, 1 to 6 numbers up to renaming, and on the wanted side
/// -1 for unmanaged; on the current side 7 for a text that is no number.
/// </summary>
internal readonly record struct PhoneCase(
    (int Mobile, int Alternate, int Office) Now,
    (int Mobile, int Alternate, int Office) Wanted)
{
    public const int Unmanaged = -1;

    /// <summary>All of docs/safety.md#proofs: 1,362.</summary>
    public static PhoneCase[] All { get; } = [.. Enumerate(unreadable: false)];

    /// <summary>The same with texts that are no numbers in any of the current slots.</summary>
    public static PhoneCase[] WithUnreadable { get; } = [.. Enumerate(unreadable: true)];

    public World Start => new(Now.Mobile, Now.Alternate, Now.Office);

    /// <summary>Wanted merged over current; what is unmanaged stays.</summary>
    public World Goal => new(Merge(Wanted.Mobile, Now.Mobile), Merge(Wanted.Alternate, Now.Alternate), Merge(Wanted.Office, Now.Office));

    public bool IsFullyManaged => Wanted.Mobile >= 0 && Wanted.Alternate >= 0 && Wanted.Office >= 0;

    public int DifferingSlots
    {
        get
        {
            (World start, World goal) = (Start, Goal);
            return Enumerable.Range(0, 3).Count(slot => start[slot] != goal[slot]);
        }
    }

    public override string ToString() => $"now {Now} wanted {Wanted}";

    private static int Merge(int wanted, int now) => wanted == Unmanaged ? now : wanted;

    /// <summary>
    /// Fills the six places from left to right. A number is either one that is used already or the next new one, so that
    /// every pattern of equal numbers comes exactly once.
    /// </summary>
    private static IEnumerable<PhoneCase> Enumerate(bool unreadable)
    {
        foreach (int[] p in Fill([], 0, unreadable))
        {
            if (p[1] != 0 && p[0] == 0) continue; // the tenant never holds an alternateMobile without a mobile
            yield return new PhoneCase((p[0], p[1], p[2]), (p[3], p[4], p[5]));
        }
    }

    private static IEnumerable<int[]> Fill(int[] places, int used, bool unreadable)
    {
        if (places.Length == 6) return [places];
        bool isWanted = places.Length >= 3;
        IEnumerable<int> choices = Enumerable.Range(0, used + 2);
        if (isWanted) choices = choices.Prepend(Unmanaged);
        else if (unreadable) choices = choices.Append(World.Unreadable);
        return choices.SelectMany(c => Fill([.. places, c], c == World.Unreadable ? used : Math.Max(used, c), unreadable));
    }
}
