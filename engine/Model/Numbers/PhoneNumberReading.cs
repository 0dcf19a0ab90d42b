using System.Diagnostics.CodeAnalysis;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>What came of reading a number: the number, or the refusal.</summary>
public readonly record struct PhoneNumberReading
{
    private PhoneNumberReading(PhoneNumber number, PhoneRefusal? refusal) => (Number, Refusal) = (number, refusal);

    /// <summary>The number; empty when refused.</summary>
    public PhoneNumber Number { get; }

    /// <summary>Why there is no number; null on success.</summary>
    public PhoneRefusal? Refusal { get; }

    /// <summary>Whether a number was read.</summary>
    public bool Succeeded => !Number.IsEmpty;

    internal static PhoneNumberReading Of(PhoneNumber number) => new(number, null);

    internal static PhoneNumberReading Refused(PhoneRefusal refusal) => new(default, refusal);

    /// <summary>The number, or the refusal that stands in its place.</summary>
    public bool TryGet(out PhoneNumber number, [NotNullWhen(false)] out PhoneRefusal? refusal)
    {
        number = Number;
        refusal = Succeeded ? null : Refusal ?? throw new InvalidOperationException("A reading that was never made.");
        return refusal is null;
    }
}
