using System.Text;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Drawing;

/// <summary>
/// Breaks lines at blanks for a terminal; what follows a break stands two blanks deeper than its line. A command to paste, and what was drawn for this width
/// already, stay whole.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="width">Of the terminal; null: not known.</param>
internal sealed class BrokenLines(TextWriter output, int? width) : TextWriter
{
    private const string Command = "  provision ";
    private const char Escape = '\u001b';
    private readonly StringBuilder _line = new();

    /// <inheritdoc/>
    public override Encoding Encoding => output.Encoding;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        _line.Append(value);
        if (value == '\n') WriteOut();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        WriteOut();
        output.Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
            output.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteOut()
    {
        string line = _line.ToString();
        _line.Clear();
        string text = line.TrimEnd('\r', '\n');
        bool isWhole = text.StartsWith(Command, StringComparison.Ordinal) || text.Contains(Escape, StringComparison.Ordinal);
        int indent = text.Length - text.TrimStart(' ').Length;
        output.Write(isWhole ? text : LineBreaks.Put(text, width, indent + 2));
        output.Write(line[text.Length..]);
    }
}
