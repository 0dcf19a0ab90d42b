using System.Text;

namespace ProvisioningConnector.Host.Cli.Drawing;

/// <summary>
/// Standard error of a terminal whose last line can be drawn again and again. Whatever else is written clears that line first, so that messages, logs and
/// questions never stand in the middle of it.
/// </summary>
/// <param name="terminal">The terminal.</param>
internal sealed class LiveLine(TextWriter terminal) : TextWriter
{
    private const string Clearing = "\r\u001b[2K";
    private readonly Lock _gate = new();
    private bool _shown;

    /// <inheritdoc/>
    public override Encoding Encoding => terminal.Encoding;

    /// <summary>Draws the line in place of the one before. It must be narrower than the terminal, which could not clear it otherwise.</summary>
    public void Show(string line)
    {
        lock (_gate)
        {
            terminal.Write(Clearing + line);
            terminal.Flush();
            _shown = true;
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (_shown) terminal.Write(Clearing);
            _shown = false;
        }
    }

    /// <inheritdoc/>
    public override void Write(char value)
    {
        lock (_gate)
        {
            Clear();
            terminal.Write(value);
        }
    }

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        lock (_gate)
        {
            Clear();
            terminal.Write(value);
        }
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count)
    {
        lock (_gate)
        {
            Clear();
            terminal.Write(buffer, index, count);
        }
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_gate)
        {
            Clear();
            terminal.Write(buffer);
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            Clear();
            terminal.WriteLine(value);
        }
    }

    /// <inheritdoc/>
    public override void Flush() => terminal.Flush();
}
