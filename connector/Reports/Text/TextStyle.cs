using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>How text reports are decorated. Colour never carries a meaning of its own.</summary>
/// <param name="Colour">Whether ANSI colours are written.</param>
/// <param name="Width">Longest line in characters; longer ones are cut with an ellipsis. Null: no limit.</param>
public sealed record TextStyle(bool Colour = false, int? Width = null)
{
    public static TextStyle Plain { get; } = new();

    internal string Bold(string text) => Ansi("1", text);

    internal string Dim(string text) => Ansi("2", text);

    internal string Bad(string text) => Ansi("31", text);

    internal string Warn(string text) => Ansi("33", text);

    internal string Good(string text) => Ansi("32", text);

    internal string Format(Sign sign, string text) => sign switch
    {
        Sign.Add => Good(text),
        Sign.Update or Sign.Move => Ansi("36", text),
        Sign.Delete or Sign.Invalid => Bad(text),
        Sign.Held or Sign.Unread => Warn(text),
        Sign.Set => text,
    };

    /// <summary>Cuts a line that has no decoration yet.</summary>
    internal string Fit(string line) => Width is { } width && line.Length > width && width > 1
        ? string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[width - 2]) ? width - 2 : width - 1), "…")
        : line;

    private string Ansi(string code, string text) => Colour ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
