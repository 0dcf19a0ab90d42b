using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;

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
        ProgressLines lines = new(terminal.Error, options.Progress, time, pacing);
        _open.Add(lines);
        return lines;
    }

    /// <summary>Ends the progress of a verb that ended early.</summary>
    public void Dispose() => _open.ForEach(static lines => lines.Dispose());
}
