using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph;

namespace ProvisioningConnector.Host.Cli;

/// <summary>What every verb gets.</summary>
/// <param name="Options">The options common to all verbs.</param>
/// <param name="Terminal">The streams.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">Where every request is logged; null without <c>--verbose</c>.</param>
/// <param name="Stop">First signal: finish what is in flight.</param>
/// <param name="Cancellation">Second signal: give up.</param>
internal sealed record VerbContext(
    CommonOptions Options, Terminal Terminal, TimeProvider Time, IGraphTrace? Log, CancellationToken Stop, CancellationToken Cancellation)
{
    /// <summary>Progress on standard error as it was asked for; on <c>auto</c> only for people.</summary>
    public IRunProgress Progress() => Options switch
    {
        { Quiet: true } or { Progress: ProgressForm.None } => new SilentProgress(),
        { Progress: ProgressForm.Auto } when !Terminal.ErrorIsTerminal => new SilentProgress(),
        var options => new ProgressLines(Terminal.Error, options.Progress, Time),
    };

    /// <summary>Tells the person something that is not the result.</summary>
    public void Tell(string message)
    {
        if (!Options.Quiet) Terminal.Error.WriteLine(message);
    }
}
