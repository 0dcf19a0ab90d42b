using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>One line of a text report before it is decorated.</summary>
/// <param name="Content">Neutralised text.</param>
/// <param name="Sign">Sign in front of it.</param>
/// <param name="Indent">Blanks in front of all.</param>
/// <param name="Paint">Decoration of the whole line; null for none, or only of the sign.</param>
internal readonly record struct TextLine(string Content, Sign? Sign = null, int Indent = 0, Func<TextStyle, string, string>? Paint = null)
{
    public static TextLine Blank => new("");

    public string Render(TextStyle style)
    {
        string indent = new(' ', Indent);
        string cut = style.Fit($"{indent}{(Sign is { } sign ? $"{sign.Letter()} " : "")}{Content}");
        if (Paint is { } paint) return paint(style, cut);
        return Sign is { } painted && cut.Length > Indent
            ? $"{indent}{style.Format(painted, cut[Indent..(Indent + 1)])}{cut[(Indent + 1)..]}"
            : cut;
    }
}
