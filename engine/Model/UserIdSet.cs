namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// Object ids that were seen, compared ignoring case. Exact, and small: 16 bytes an id and at most half as much for room, so that a million
/// users take about 24 MB. It grows in small steps. For one reader at a time.
/// </summary>
public sealed class UserIdSet
{
    private const int Parts = 1024;
    private readonly Guid[]?[] _parts = new Guid[]?[Parts];
    private readonly int[] _counts = new int[Parts];
    private readonly HashSet<string> _others = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many ids are in it.</summary>
    public long Count { get; private set; }

    /// <summary>True when the id is new.</summary>
    public bool Add(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        // Ids are GUIDs in one spelling. Whatever is not, and the empty one, which marks free places, is kept as it is.
        bool isNew = Guid.TryParseExact(id, "D", out Guid guid) && guid != Guid.Empty ? Add(guid) : _others.Add(id);
        if (isNew) Count++;
        return isNew;
    }

    private bool Add(Guid id)
    {
        uint hash = Hash(id);
        // The low bits choose the part, the high ones the place in it.
        int part = (int)(hash % Parts);
        Guid[] places = _parts[part] ?? (_parts[part] = new Guid[4]);
        int at = Find(places, id, hash);
        if (places[at] == id) return false;
        if ((_counts[part] + 1) * 5L > places.Length * 4L)
        {
            places = _parts[part] = Grow(places);
            at = Find(places, id, hash);
        }

        places[at] = id;
        _counts[part]++;
        return true;
    }

    private static Guid[] Grow(Guid[] full)
    {
        Guid[] places = new Guid[full.Length + Math.Max(4, full.Length / 4)];
        foreach (Guid id in full)
        {
            if (id != Guid.Empty) places[Find(places, id, Hash(id))] = id;
        }

        return places;
    }

    /// <summary>Where the id is, or the free place where it belongs. There is always a free one.</summary>
    private static int Find(Guid[] places, Guid id, uint hash)
    {
        int at = (int)(hash / Parts % (uint)places.Length);
        while (places[at] != Guid.Empty && places[at] != id) at = at + 1 == places.Length ? 0 : at + 1;
        return at;
    }

    /// <summary>Ids that count up are spread as well as those that are random.</summary>
    private static uint Hash(Guid id)
    {
        UInt128 value = System.Runtime.CompilerServices.Unsafe.BitCast<Guid, UInt128>(id);
        ulong mixed = (ulong)value ^ (ulong)(value >> 64);
        mixed = (mixed ^ (mixed >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        mixed = (mixed ^ (mixed >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return (uint)(mixed >> 32);
    }
}
