using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// What the tenant holds in one phone slot: nothing, a number, or a text that does not parse.
/// A text that does not parse is kept verbatim, equals nothing, and may be replaced or deleted (docs/design.md#equality-of-numbers).
/// </summary>
public readonly record struct CurrentSlot
{
    private readonly PhoneNumber _number;
    private readonly string? _verbatim;

    private CurrentSlot(PhoneNumber number, string? verbatim) => (_number, _verbatim) = (number, verbatim);

    public static CurrentSlot Empty => default;

    public bool IsEmpty => _number.IsEmpty && _verbatim is null;

    /// <summary>The text as the tenant holds it, only when it does not parse.</summary>
    public string? Unreadable => _verbatim;

    public static CurrentSlot From(PhoneNumber number) => new(number, null);

    /// <summary>Reads what the tenant returned for a slot.</summary>
    public static CurrentSlot FromGraph(string text) =>
        PhoneNumberReader.TryReadGraph(text, out PhoneNumber number) ? new(number, null) : new(default, text);

    /// <summary>True with the number when the slot holds one that parses.</summary>
    public bool TryGetNumber(out PhoneNumber number)
    {
        number = _number;
        return !_number.IsEmpty;
    }

    /// <summary>Whether the slot holds exactly this number; spelling does not matter.</summary>
    public bool Holds(PhoneNumber number) => !_number.IsEmpty && _number.Equals(number);

    /// <summary>The full value: canonical, or verbatim where it does not parse, or null. For documents and digests, never for logs.</summary>
    public string? FullText() => _number.IsEmpty ? _verbatim : _number.Canonical();

    /// <summary>Never the full value.</summary>
    public override string ToString() => IsEmpty ? "(empty)" : _verbatim is null ? _number.Masked() : "(unreadable)";
}
