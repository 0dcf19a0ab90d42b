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

    /// <summary>A command that is pasted as it stands, so it is never broken.</summary>
    public bool Whole { get; private init; }

    public static TextLine OfCommand(string command) => new(Visible.Escape(command), Indent: 2) { Whole = true };

    /// <summary>The line, broken at blanks where it is longer than the terminal is wide; what follows a break is indented.</summary>
    public string Render(TextStyle style)
    {
        string indent = new(' ', Indent);
        string line = $"{indent}{(Sign is { } sign ? $"{sign.Letter()} " : "")}{Content}";
        string whole = Whole ? line : LineBreaks.Put(line, style.Width, Indent + 2);
        if (Paint is { } paint) return paint(style, whole);
        return Sign is { } painted
            ? $"{indent}{style.Format(painted, whole[Indent..(Indent + 1)])}{whole[(Indent + 1)..]}"
            : whole;
    }
}
