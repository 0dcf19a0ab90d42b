using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// Up to fifteen digits in one word: their count in the bits from 50 up, their value below. So "07" and "7" differ,
/// and no digits at all is 0.
/// </summary>
internal readonly record struct PackedDigits(ulong Bits)
{
    private const int CountShift = 50;
    private const ulong ValueMask = (1UL << CountShift) - 1;

    public int Count => (int)(Bits >> CountShift) & 0xF;

    /// <summary>Whether the first digit is 0.</summary>
    public bool StartsWithZero => Count > 0 && Value < PowersOfTen[Count - 1];

    private static readonly ImmutableArray<ulong> PowersOfTen =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    ];

    private ulong Value => Bits & ValueMask;

    /// <summary>Packs 0 to 15 ASCII digits.</summary>
    public static PackedDigits Pack(ReadOnlySpan<char> digits)
    {
        ulong value = 0UL;
        foreach (char digit in digits) value = (value * 10) + (uint)(digit - '0');
        return new(((ulong)digits.Length << CountShift) | value);
    }

    /// <summary>Writes the digits and says how many they are.</summary>
    public int Write(Span<char> destination)
    {
        ulong rest = Value;
        for (int at = Count - 1; at >= 0; at--)
        {
            destination[at] = (char)('0' + (rest % 10));
            rest /= 10;
        }

        return Count;
    }

    public override string ToString()
    {
        Span<char> text = stackalloc char[PhoneNumber.MaxDigits];
        return new string(text[..Write(text)]);
    }
}
