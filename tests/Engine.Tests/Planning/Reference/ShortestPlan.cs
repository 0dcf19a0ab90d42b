namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>Which laws a search obeys.</summary>
/// <param name="Avoid">No number in two slots on the way, and none brought there (law 5).</param>
/// <param name="KeepsMethods">Make before break (law 3).</param>
/// <param name="Switches">The default may be moved out of the way.</param>
internal readonly record struct SearchLaws(bool Avoid, bool KeepsMethods = true, bool Switches = false);

/// <summary>The length of the shortest legal sequence of writes, found by searching all of them, breadth first.</summary>
internal sealed class ShortestPlan
{
    public const int Impossible = -1;

    private readonly Dictionary<(World, World, SearchLaws), int> _known = [];
    private readonly int[] _seen = new int[World.Indices];
    private int _search;

    public int Length(World start, World goal, SearchLaws laws)
    {
        if (_known.TryGetValue((start, goal, laws), out int known)) return known;
        int length = Search(start, goal, laws);
        _known.Add((start, goal, laws), length);
        return length;
    }

    /// <summary>
    /// One write settles one place at most, so states too far from the goal for the allowed length are left out; a longer one is
    /// allowed until the goal is found, or nothing was left out and the goal cannot be reached at all.
    /// </summary>
    private int Search(World start, World goal, SearchLaws laws)
    {
        List<Write> writes = Useful(start, goal, laws);
        for (int allowed = start.PlacesUnlike(goal); ; allowed++)
        {
            int length = Search(start, goal, laws, writes, allowed, out bool leftOut);
            if (length != Impossible || !leftOut) return length;
        }
    }

    private int Search(World start, World goal, SearchLaws laws, List<Write> writes, int allowed, out bool leftOut)
    {
        leftOut = false;
        int services = Services(start, goal, laws);
        Queue<(World State, int Length)> queue = new([(start, 0)]);
        _seen[start.Index] = ++_search;
        while (queue.TryDequeue(out (World State, int Length) at))
        {
            if (at.State.SamePlaces(goal)) return at.Length;
            foreach (Write write in writes)
            {
                if (!Service.TryWrite(at.State, write, out World next) || _seen[next.Index] == _search) continue;
                if (next.Usable < services || (laws.Avoid && BreaksAvoid(start, next, goal))) continue;
                bool tooFar = at.Length + 1 + next.PlacesUnlike(goal) > allowed;
                leftOut |= tooFar;
                if (tooFar) continue;
                _seen[next.Index] = _search;
                queue.Enqueue((next, at.Length + 1));
            }
        }

        return Impossible;
    }

    /// <summary>Allow: never poorer than the poorer end. Avoid: never without any where both ends have one.</summary>
    private static int Services(World start, World goal, SearchLaws laws)
    {
        if (!laws.KeepsMethods) return 0;
        int poorer = Math.Min(start.Usable, goal.Usable);
        return laws.Avoid ? Math.Min(1, poorer) : poorer;
    }

    /// <summary>On the way no number stands twice; at the goal only a pair that was there before and was not touched.</summary>
    private static bool BreaksAvoid(World start, World state, World goal)
    {
        if (!state.HasDouble || SameSlots(state, start)) return false;
        if (!SameSlots(state, goal)) return true;
        for (int left = 0; left < 3; left++)
        {
            for (int right = left + 1; right < 3; right++)
            {
                bool twice = goal[left] == goal[right] && goal[left] is > 0 and < World.Unreadable;
                if (twice && !(start[left] == goal[left] && start[right] == goal[right])) return true;
            }
        }

        return false;
    }

    private static bool SameSlots(World left, World right) => left.WithoutRest == right.WithoutRest;

    /// <summary>
    /// Every write that could help: any number of either end into any slot that is not yet as it should be (what is right
    /// already is not touched), removals of what is to go, and preferences that the goal can serve.
    /// </summary>
    private static List<Write> Useful(World start, World goal, SearchLaws laws)
    {
        HashSet<int> numbers = [.. new[] { start.Mobile, start.Alternate, start.Office, goal.Mobile,
            goal.Alternate, goal.Office }.Where(n => n is > 0 and < World.Unreadable)];
        List<Write> writes = [];
        for (int slot = 0; slot < 3; slot++)
        {
            if (start[slot] == goal[slot]) continue;
            writes.Add(new Write(Verb.Delete, slot));
            foreach (int number in numbers)
            {
                writes.Add(new Write(Verb.Post, slot, number));
                writes.Add(new Write(Verb.Patch, slot, number));
            }
        }

        for (int bit = 0; bit < OtherMethods.Count; bit++)
        {
            if (((start.Others & ~goal.Others) & (1 << bit)) != 0) writes.Add(new Write(Verb.Remove, bit));
        }

        if (!laws.Switches) return writes;
        for (int preference = 1; preference <= 6; preference++)
        {
            if (Service.IsThere(goal, preference)) writes.Add(new Write(Verb.Prefer, preference));
        }

        return writes;
    }
}
