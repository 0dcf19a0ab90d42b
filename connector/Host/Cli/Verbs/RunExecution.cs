using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Leases;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Host.Audit;
using ProvisioningConnector.Host.Composition;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>What <c>apply</c> and <c>resume</c> share: working a run off, and telling how it ended.</summary>
internal static class RunExecution
{
    public static async Task<RunHead> GoAsync(
        VerbContext context, Workspace workspace, ReadingTenant tenant, HeldLease lease, WritingDoor? writing, RunHead run, ApplyArguments arguments)
    {
        RetryBook retries = new(workspace.Retries, workspace.StateDigests, context.Time, run.Plan);
        ExecutorSettings settings = new() { RequestTimeout = workspace.Tenant.Graph.RequestTimeout };
        AuditedJournal journal = workspace.Audit.Journal(run);
        RunSettings how = new()
        {
            MayBegin = tenant.MayBegin, Limit = arguments.Limit, Canary = arguments.Canary, Used = tenant.Used, Begins = journal.Begins, Ended = retries.SeeAsync,
            Lease = lease, Locks = workspace.Locks,
        };
        CoalescedReads reads = new(tenant.Methods);
        tenant.Executing();
        Executor executor = new(reads, writing is null ? NoWriter.Instance : new LeasedWriter(writing.Methods, lease), journal, context.Time, settings);
        using Runner runner = new(workspace.Store, executor, context.Time, how, context.Progress(tenant.Pacing), workspace.Quarantines);
        RunHead ended = await runner.RunAsync(run, context.Stop, context.Cancellation);
        await workspace.Recorder(run.Plan).RunAsync(workspace.Store.UsersAsync(run.RunId, context.Cancellation), context.Cancellation);
        await retries.FlushAsync(context.Cancellation);
        await workspace.KeepLearnedAsync(tenant.Learned, context.Cancellation);
        return ended;
    }

    public static async Task<int> ReportAsync(VerbContext context, Workspace workspace, RunHead run)
    {
        await workspace.Audit.EndsAsync(run, context.Cancellation);
        string? trouble = await workspace.Audit.ConcludeAsync(context.Cancellation);
        if (trouble is not null) await context.Terminal.Error.WriteLineAsync($"error: {trouble}");
        Report report = RunReport.Of(workspace, run);
        bool written = await ReportOutput.WriteAsync(context, workspace, report, context.Cancellation);
        if (run.Resumable) context.Tell($"To go on: provision resume {run.RunId}");
        return ExitCodes.Of(run) switch { ExitCodes.Done when !written || trouble is not null => ExitCodes.Error, var exit => exit };
    }
}
