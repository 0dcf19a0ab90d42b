using System.Globalization;

namespace ProvisioningConnector.Engine.Model.Text;

/// <summary>A character that cannot be seen where it stands.</summary>
/// <param name="CodePoint">The Unicode code point; the code unit of a surrogate without its other half.</param>
/// <param name="Position">Which character of the value as it was written, from 1; a surrogate pair counts once.</param>
public readonly record struct InvisibleCharacter(int CodePoint, int Position)
{
    /// <summary>The code of every refusal for such a character.</summary>
    public const string Code = "invisibleCharacter";

    /// <summary>As Unicode writes it: <c>U+200B</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"U+{CodePoint:X4}");

    /// <summary>Behind "has": what it is and where, such as <c>the invisible character U+200B at position 4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"the {Noun} {Name} at position {Position}");

    private string Noun => CodePoint switch
    {
        0xFFFD => "replacement character",
        <= char.MaxValue when char.IsWhiteSpace((char)CodePoint) => "blank",
        _ => "invisible character",
    };
}
