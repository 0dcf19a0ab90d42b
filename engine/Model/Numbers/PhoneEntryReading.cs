using System.Diagnostics.CodeAnalysis;

namespace ProvisioningConnector.Engine.Model.Numbers;

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

    internal static PhoneEntryReading Of(PhoneEntry entry) => new(entry, null);

    internal static PhoneEntryReading Refused(PhoneRefusal refusal) => new(default, refusal);

    /// <summary>The entry, or the refusal that stands in its place.</summary>
    public bool TryGet(out PhoneEntry entry, [NotNullWhen(false)] out PhoneRefusal? refusal)
    {
        entry = Entry;
        refusal = Succeeded ? null : Refusal ?? throw new InvalidOperationException("A reading that was never made.");
        return refusal is null;
    }
}
