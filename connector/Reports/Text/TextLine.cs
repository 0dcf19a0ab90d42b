using System.Text;
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
        string whole = Whole ? line : Broken(line, style.Width, Indent + 2);
        if (Paint is { } paint) return paint(style, whole);
        return Sign is { } painted
            ? $"{indent}{style.Format(painted, whole[Indent..(Indent + 1)])}{whole[(Indent + 1)..]}"
            : whole;
    }

    private static string Broken(string line, int? width, int hanging)
    {
        if (width is not { } most || line.Length <= most) return line;
        StringBuilder text = new(line.Length + 16);
        int start = 0;
        int room = most;
        while (line.Length - start > room)
        {
            // A word that is longer than the line stays whole: a name or an address that is cut can be neither read nor searched for.
            int at = line.LastIndexOf(' ', start + room, room);
            if (at <= start + (start == 0 ? hanging : 0)) at = line.IndexOf(' ', start + room);
            if (at < 0) break;
            text.Append(line.AsSpan(start, at - start).TrimEnd()).Append('\n').Append(' ', hanging);
            start = at + 1;
            room = Math.Max(1, most - hanging);
        }

        return text.Append(line.AsSpan(start)).ToString();
    }
}
