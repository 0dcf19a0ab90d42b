using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Runs.Moves;

/// <summary>
/// Numbers seen, in at most 2 MB whatever their count: it may take a number for seen that was not (about 1 in 70 with a million numbers), and never the
/// other way round. Small sets of numbers take little.
/// </summary>
internal sealed class NumberFilter
{
    private const int PageBits = 1 << 16;
    private const int Pages = 1 << 8;
    private readonly ulong[]?[] _pages = new ulong[]?[Pages];

    public void Add(PhoneNumber number)
    {
        (uint first, uint second) = Places(number);
        Set(first);
        Set(second);
    }

    /// <summary>False: certainly never added.</summary>
    public bool MayHave(PhoneNumber number)
    {
        (uint first, uint second) = Places(number);
        return Has(first) && Has(second);
    }

    /// <summary>The same in every process: a plan must not depend on chance.</summary>
    private static (uint First, uint Second) Places(PhoneNumber number)
    {
        Span<char> text = stackalloc char[PhoneNumber.MaxCanonicalLength];
        number.TryFormat(text, out int written);
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char c in text[..written]) hash = unchecked((hash ^ c) * 1_099_511_628_211);
        hash ^= hash >> 29;
        hash = unchecked(hash * 0xBF58_476D_1CE4_E5B9);
        hash ^= hash >> 32;
        return ((uint)hash % (PageBits * Pages), (uint)(hash >> 32) % (PageBits * Pages));
    }

    private void Set(uint place)
    {
        ulong[] page = _pages[place / PageBits] ??= new ulong[PageBits / 64];
        page[place % PageBits / 64] |= 1UL << (int)(place % 64);
    }

    private bool Has(uint place) => _pages[place / PageBits] is { } page && (page[place % PageBits / 64] & (1UL << (int)(place % 64))) != 0;
}
