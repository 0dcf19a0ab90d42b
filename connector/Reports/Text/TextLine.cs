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

    /// <summary>A command that is pasted as it stands, so it is never cut.</summary>
    public bool Whole { get; private init; }

    public static TextLine OfCommand(string command) => new(Visible.Escape(command), Indent: 2) { Whole = true };

    public string Render(TextStyle style)
    {
        string indent = new(' ', Indent);
        string line = $"{indent}{(Sign is { } sign ? $"{sign.Letter()} " : "")}{Content}";
        string cut = Whole ? line : style.Fit(line);
        if (Paint is { } paint) return paint(style, cut);
        return Sign is { } painted && cut.Length > Indent
            ? $"{indent}{style.Format(painted, cut[Indent..(Indent + 1)])}{cut[(Indent + 1)..]}"
            : cut;
    }
}
