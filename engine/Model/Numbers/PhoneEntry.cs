using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>One entry of an authoritative list: a number and the place it belongs to, written <c>number:type</c> (docs/sources.md#columns).</summary>
public readonly record struct PhoneEntry(PhoneNumber Number, PhoneType Type)
{
    /// <summary>The masked form.</summary>
    public override string ToString() => $"{Number.Masked()}:{PhoneTypes.Name(Type)}";
}

/// <summary>What came of reading an entry: the entry, or the refusal.</summary>
public readonly record struct PhoneEntryReading
{
    private PhoneEntryReading(PhoneEntry entry, PhoneRefusal? refusal) => (Entry, Refusal) = (entry, refusal);

    /// <summary>The entry; its number is empty when refused.</summary>
    public PhoneEntry Entry { get; }

    /// <summary>Why there is no entry; null on success.</summary>
    public PhoneRefusal? Refusal { get; }

    /// <summary>Whether an entry was read.</summary>
    public bool Succeeded => !Entry.Number.IsEmpty;

    internal static PhoneEntryReading From(PhoneEntry entry) => new(entry, null);

    internal static PhoneEntryReading Refused(PhoneRefusal refusal) => new(default, refusal);

    /// <summary>The entry, or the refusal that stands in its place.</summary>
    public bool TryGet(out PhoneEntry entry, [NotNullWhen(false)] out PhoneRefusal? refusal)
    {
        entry = Entry;
        refusal = Succeeded ? null : Refusal ?? throw new InvalidOperationException("A reading that was never made.");
        return refusal is null;
    }
}

/// <summary>Reads the entries of the <c>phones</c> column and the values of the slot columns (docs/sources.md#columns).</summary>
public static class PhoneEntryReader
{
    /// <summary>
    /// Reads <c>number:type</c>, split at the last ':'. The type comes first to judgement, since without one it is
    /// open what the rest was meant to be.
    /// </summary>
    public static PhoneEntryReading Read(ReadOnlySpan<char> entry, string? country)
    {
        ReadOnlySpan<char> text = PhoneCharacters.Trim(entry);
        if (text.IsEmpty) return PhoneEntryReading.Refused(PhoneRefusals.Number(PhoneRefusalCode.Empty, text, country));
        int colon = text.LastIndexOf(':');
        if (colon < 0) return PhoneEntryReading.Refused(PhoneRefusals.MissingType(text));
        ReadOnlySpan<char> number = PhoneCharacters.Trim(text[..colon]);
        ReadOnlySpan<char> word = PhoneCharacters.Trim(text[(colon + 1)..]);
        if (PhoneTypes.TryParse(word, out PhoneType type)) return ReadSlot(number, type, country);
        if (word.IsEmpty || number.Equals("tel", StringComparison.OrdinalIgnoreCase)) return PhoneEntryReading.Refused(PhoneRefusals.MissingType(text));
        return PhoneEntryReading.Refused(PhoneTypes.TryParse(number, out _) ? PhoneRefusals.Swapped(number) : PhoneRefusals.UnknownType(word));
    }

    /// <summary>
    /// Reads an entry that is only compared: one handed back as it was read, or kept from an earlier change. What a source
    /// may write is read as there; of anything else the digits count as they are, as in the tenant.
    /// </summary>
    public static bool TryReadKept(ReadOnlySpan<char> entry, string? country, out PhoneEntry kept)
    {
        if (Read(entry, country).TryGet(out kept, out _)) return true;
        ReadOnlySpan<char> text = PhoneCharacters.Trim(entry);
        int colon = text.LastIndexOf(':');
        if (colon < 0 || !PhoneTypes.TryParse(PhoneCharacters.Trim(text[(colon + 1)..]), out PhoneType type)) return false;
        if (!PhoneNumberReader.TryReadGraph(text[..colon], out PhoneNumber number)) return false;
        kept = new PhoneEntry(number, type);
        return true;
    }

    /// <summary>Reads the number of a slot column, whose type is known; an extension is for office only (docs/graph.md#number-format).</summary>
    public static PhoneEntryReading ReadSlot(ReadOnlySpan<char> text, PhoneType type, string? country)
    {
        if (!PhoneNumberReader.Read(text, country).TryGet(out PhoneNumber number, out PhoneRefusal? refusal)) return PhoneEntryReading.Refused(refusal);
        return number.HasExtension && type != PhoneType.Office
            ? PhoneEntryReading.Refused(PhoneRefusals.ExtensionNotOnOffice(number, type))
            : PhoneEntryReading.From(new PhoneEntry(number, type));
    }

    /// <summary>
    /// Splits a cell into its entries, separated by ';' or '|'. A ';' before <c>ext=</c> belongs to the number
    /// (RFC 3966), a comma does not separate, blanks around entries and empty entries are dropped.
    /// </summary>
    public static ImmutableArray<string> SplitList(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ImmutableArray<string>.Builder entries = ImmutableArray.CreateBuilder<string>();
        int start = 0;
        for (int at = 0; at <= cell.Length; at++)
        {
            if (at < cell.Length && !Separates(cell, at)) continue;
            ReadOnlySpan<char> piece = PhoneCharacters.Trim(cell.AsSpan(start, at - start));
            if (!piece.IsEmpty) entries.Add(piece.ToString());
            start = at + 1;
        }

        return entries.ToImmutable();
    }

    private static bool Separates(string cell, int at) =>
        cell[at] is '|' || (cell[at] is ';' && !ExtensionScanner.IsExtensionParameter(cell.AsSpan(at + 1)));
}
