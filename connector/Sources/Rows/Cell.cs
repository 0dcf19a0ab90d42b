using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>What stands in one cell of a row.</summary>
internal enum CellKind : byte
{
    /// <summary>Nothing: an absent column or property, a blank cell, SQL NULL, JSON <c>null</c> or <c>""</c>. Unmanaged
    /// (docs/design.md#managed-and-unmanaged).</summary>
    Blank,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A number, not text: a phone number kept so has lost its plus sign and leading zeros.</summary>
    Number,

    /// <summary>A date, not text.</summary>
    Date,

    /// <summary>A spreadsheet formula, whatever it last came to.</summary>
    Formula,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A list of texts (JSON array); empty is an explicit empty value.</summary>
    Entries,

    /// <summary>Anything else: a nested object, a list in a list, an error value of a spreadsheet.</summary>
    Other,
}

/// <summary>One cell as its format gives it, not yet judged. The default is blank.</summary>
/// <param name="kind">What it is.</param>
/// <param name="text">The text, the spelling of a number or boolean, or what stands there in words (<see cref="CellKind.Other"/>).</param>
internal readonly struct Cell(CellKind kind, string text)
{
    private readonly string? _text = text;
    private readonly ImmutableArray<Cell> _entries;

    private Cell(ImmutableArray<Cell> entries)
        : this(CellKind.Entries, "") => _entries = entries;

    public CellKind Kind { get; } = kind;

    /// <summary>Empty where there is no text.</summary>
    public string Text => _text ?? "";

    /// <summary>For <see cref="CellKind.Entries"/> the list.</summary>
    public ImmutableArray<Cell> Entries => _entries.IsDefault ? [] : _entries;

    /// <summary>Text without blanks and invisible characters around it; blank when nothing is left.</summary>
    public static Cell Parse(string text) => InvisibleCharacters.Trim(text) is { Length: > 0 } trimmed ? new(CellKind.Text, trimmed) : default;

    public static Cell List(ImmutableArray<Cell> entries) => new(entries);

    public bool IsBlank => Kind == CellKind.Blank;

    /// <summary>
    /// Says that there is to be no value: the word <c>none</c> as <c>export</c> writes it, or an empty list. In another case it is
    /// what a program writes for a missing value (<see cref="MissingValueWords"/>).
    /// </summary>
    public bool IsNone => Kind switch
    {
        CellKind.Text => Text is "none",
        CellKind.Entries => Entries.IsEmpty,
        CellKind.Blank or CellKind.Number or CellKind.Date or CellKind.Formula or CellKind.Boolean or CellKind.Other => false,
    };

    /// <summary>Never the value.</summary>
    public override string ToString() => Kind.ToString();
}
