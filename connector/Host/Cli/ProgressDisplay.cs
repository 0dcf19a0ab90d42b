using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Host.Cli.Drawing;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Progress on standard error as it was asked for; on <c>auto</c> only for people.</summary>
internal sealed class ProgressDisplay(CommonOptions options, Terminal terminal, TimeProvider time) : IDisposable
{
    private readonly List<ProgressLines> _open = [];

    /// <param name="pacing">What the tenant's gates did.</param>
    public IRunProgress Open(Func<PacingAccount> pacing)
    {
        if (options.Quiet || options.Progress == ProgressForm.None
            || (options.Progress == ProgressForm.Auto && !terminal.ErrorIsTerminal)) return new SilentProgress();
        ProgressBarLine? bar = options.Progress == ProgressForm.Auto && terminal is { Error: LiveLine line, CanRedraw: true, Width: { } width }
            ? new ProgressBarLine(line, width, terminal.HasColours && !options.NoColor) : null;
        ProgressLines lines = new(terminal.Error, options.Progress, time, pacing, bar);
        _open.Add(lines);
        return lines;
    }

    /// <summary>Ends the progress of a verb that ended early.</summary>
    public void Dispose() => _open.ForEach(static lines => lines.Dispose());
}
