using ProvisioningConnector.Host.Cli.Drawing;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Progress for a person at a terminal: one line that is drawn again and again. A step of some length leaves a line with what was done.</summary>
/// <param name="line">Where to.</param>
/// <param name="width">Of the terminal.</param>
/// <param name="colours">Whether colours are wanted and shown.</param>
internal sealed class ProgressBarLine(LiveLine line, int width, bool colours)
{
    /// <summary>Shorter steps leave nothing behind.</summary>
    private const double Remembered = 2;

    public void Draw(ProgressSnapshot view)
    {
        if (view.Event != "end")
        {
            line.Show(Drawn.Line(view.ToBar(width), colours));
            return;
        }

        Clear();
        if (view.Seconds >= Remembered) line.WriteLine(view.ToString());
    }

    public void Clear() => line.Clear();
}
