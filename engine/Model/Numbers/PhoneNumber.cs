using System.Globalization;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// A telephone number: country code, national number, optional extension. Equality is by these three and never by
/// spelling (docs/design.md#equality-of-numbers). Sixteen bytes, nothing on the heap; zeros at the start of the national number count
/// (Italy), which is why the digits are packed together with how many they are.
/// </summary>
/// <remarks>
/// Always holds: an assigned country code, 7 to 15 digits without the extension, an extension of 1 to 10 digits or
/// none. <see langword="default"/> is <see cref="IsEmpty"/>. <see cref="ToString"/> is masked, so that a log, a
/// debugger or a record that holds a number does not give it away; <see cref="Canonical"/> is the full form.
/// </remarks>
public readonly struct PhoneNumber : IEquatable<PhoneNumber>, IComparable<PhoneNumber>
{
    /// <summary>Fewest digits of country code and national number together.</summary>
    public const int MinDigits = 7;

    /// <summary>Most digits of country code and national number together (E.164).</summary>
    public const int MaxDigits = 15;

    /// <summary>Most digits of an extension.</summary>
    public const int MaxExtensionDigits = 10;

    /// <summary>Room that is enough for every canonical form.</summary>
    public const int MaxCanonicalLength = 1 + MaxDigits + 1 + 1 + MaxExtensionDigits;

    // country code (10 bits) | count of national digits (4 bits) | national digits as a number (50 bits)
    private readonly ulong _main;

    // count of extension digits (4 bits) | extension as a number (50 bits); 0: none
    private readonly ulong _extension;

    internal PhoneNumber(int countryCode, PackedDigits national, PackedDigits extension)
    {
        _main = ((ulong)countryCode << 54) | national.Bits;
        _extension = extension.Bits;
    }

    private PhoneNumber(ulong main) => _main = main;

    /// <summary>True of <see langword="default"/> only: no number at all.</summary>
    public bool IsEmpty => _main == 0;

    /// <summary>The E.164 country code; 0 when empty.</summary>
    public int CountryCode => (int)(_main >> 54);

    /// <summary>The national (significant) number, digits only.</summary>
    public string NationalNumber => National.ToString();

    /// <summary>The extension's digits, or null.</summary>
    public string? Extension => HasExtension ? Extra.ToString() : null;

    /// <summary>Whether there is an extension.</summary>
    public bool HasExtension => _extension != 0;

    internal PackedDigits National => new(_main & ((1UL << 54) - 1));

    internal PackedDigits Extra => new(_extension);

    /// <summary>The same line without its extension (what SSPR dials, docs/graph.md#number-format).</summary>
    public PhoneNumber WithoutExtension() => new(_main);

    /// <summary>The full form that Graph documents, <c>+CC NNNNNNN[xEXT]</c>; empty text when <see cref="IsEmpty"/>.</summary>
    public string Canonical()
    {
        Span<char> text = stackalloc char[MaxCanonicalLength];
        return TryFormat(text, out int written) ? new string(text[..written]) : throw new InvalidOperationException("The canonical form outgrew its room.");
    }

    /// <summary>Writes <see cref="Canonical"/> without allocating; false when there is not room enough.</summary>
    public bool TryFormat(Span<char> destination, out int written)
    {
        written = 0;
        if (IsEmpty) return true;
        Span<char> text = stackalloc char[MaxCanonicalLength];
        text[0] = '+';
        CountryCode.TryFormat(text[1..], out int length, provider: CultureInfo.InvariantCulture);
        length++;
        text[length++] = ' ';
        length += National.Write(text[length..]);
        if (HasExtension)
        {
            text[length++] = 'x';
            length += Extra.Write(text[length..]);
        }

        if (!text[..length].TryCopyTo(destination)) return false;
        written = length;
        return true;
    }

    /// <summary>What a person may see: <c>+1 ••••••5555</c> (rules in <see cref="PhoneMask"/>).</summary>
    public string Masked() => PhoneMask.Mask(this);

    /// <summary>The masked form, on purpose: see the remarks of the type.</summary>
    public override string ToString() => Masked();

    public bool Equals(PhoneNumber other) => _main == other._main && _extension == other._extension;

    public override bool Equals(object? obj) => obj is PhoneNumber other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_main, _extension);

    /// <summary>By country code, then count of national digits, then those digits, then extension; agrees with equality.</summary>
    public int CompareTo(PhoneNumber other) =>
        _main.CompareTo(other._main) is var order && order != 0 ? order : _extension.CompareTo(other._extension);

    public static bool operator ==(PhoneNumber left, PhoneNumber right) => left.Equals(right);

    public static bool operator !=(PhoneNumber left, PhoneNumber right) => !left.Equals(right);

    public static bool operator <(PhoneNumber left, PhoneNumber right) => left.CompareTo(right) < 0;

    public static bool operator <=(PhoneNumber left, PhoneNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >(PhoneNumber left, PhoneNumber right) => left.CompareTo(right) > 0;

    public static bool operator >=(PhoneNumber left, PhoneNumber right) => left.CompareTo(right) >= 0;
}
