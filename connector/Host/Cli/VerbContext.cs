using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli;

/// <summary>What every verb gets.</summary>
/// <param name="Options">The options common to all verbs.</param>
/// <param name="Terminal">The streams.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">Where every request is logged; null without <c>--verbose</c>.</param>
/// <param name="Stop">First signal: finish users who have begun, begin no others.</param>
/// <param name="Cancellation">Second signal: give up.</param>
internal sealed record VerbContext(
    CommonOptions Options, Terminal Terminal, TimeProvider Time, IGraphTrace? Log, CancellationToken Stop, CancellationToken Cancellation) : IDisposable
{
    private readonly List<ProgressLines> _progress = [];

    /// <summary>Who runs the command: <c>user@host</c>.</summary>
    public string Actor { get; init; } = Identity.Actor;

    /// <summary>The time to finish users who have begun is over: leave them between two operations.</summary>
    public CancellationToken Cut { get; init; }

    /// <summary>Sees to it that the process is gone so long after the first signal; does nothing where the process is not ours.</summary>
    public Action<TimeSpan> GoneWithin { get; init; } = static _ => { };

    /// <summary>How the command is asked to end.</summary>
    public EndSignals Signals => new(Stop, Cut, Cancellation);

    /// <summary>What is asked of the pipeline.</summary>
    /// <param name="work">The work.</param>
    /// <param name="tenant">The tenant.</param>
    public RunRequest Request(RunWork work, ReadingTenant tenant) => new()
    {
        Work = work, Actor = Actor, Reason = Options.Reason, NewStore = Options.NewStore, Wait = Options.Wait, Incremental = Options.Incremental,
        Allow = Options.Allow, Allowances = AllowOptions.Read(Options.Allow), Progress = () => Progress(tenant.Pacing), Notify = Report,
    };

    /// <summary>The rows of a source.</summary>
    public RunWork.Rows Rows(SourceArguments source, Workspace workspace) => new(
        async cancellation => await SourceOpening.OpenAsync(source, Source, workspace, cancellation));

    /// <summary>What sources are opened for.</summary>
    public SourceUse Source => new()
    {
        Delta = Options.Delta, StandardInput = Terminal.StandardInput,
        Planned = Options.Rejects is null ? null : (source, spool, cancellation) => Rejects.WriteAsync(this, source, spool, cancellation),
    };

    /// <summary>Progress on standard error as it was asked for; on <c>auto</c> only for people.</summary>
    /// <param name="pacing">What the tenant's gates did.</param>
    public IRunProgress Progress(Func<PacingAccount> pacing)
    {
        if (Options.Quiet || Options.Progress == ProgressForm.None
            || (Options.Progress == ProgressForm.Auto && !Terminal.ErrorIsTerminal)) return new SilentProgress();
        ProgressLines lines = new(Terminal.Error, Options.Progress, Time, pacing);
        _progress.Add(lines);
        return lines;
    }

    /// <summary>Ends the progress of a verb that ended early.</summary>
    public void Dispose() => _progress.ForEach(static lines => lines.Dispose());

    /// <summary>Reports an error that does not end the command, in quiet commands too; what cannot be seen is shown escaped.</summary>
    public Task ReportErrorAsync(string message) => Terminal.Error.WriteLineAsync($"error: {Visible.OfLines(message)}");

    /// <summary>Writes a note on standard error.</summary>
    public void Report(string message)
    {
        if (!Options.Quiet) Terminal.Error.WriteLine(Visible.OfLines(message));
    }
}
