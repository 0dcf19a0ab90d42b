using System.Runtime.CompilerServices;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Actions;

/// <summary>Reports the result of an action, with its exit code. A secret goes to standard output, once, and into no file.</summary>
internal sealed class ActionReport(CommonOptions options, Terminal terminal, Messages messages, ReportOutput reports, Invocation invocation)
{
    /// <summary>Finds reports that cannot be written before anything is done.</summary>
    /// <exception cref="ProvisioningException">A file's ending names no format.</exception>
    public void Check() => reports.Check();

    /// <summary>A plan that is not executed: a dry run, nothing to do, or nothing allowed.</summary>
    public async Task<int> PlannedAsync(Workspace workspace, RunResult.Planned planned)
    {
        Report report = From(workspace, planned) with { Context = options.Context.In(workspace) };
        bool written = await reports.WriteAsync(workspace, report, invocation.Signals.Stop);
        int exit = !planned.Head.Applyable || (planned.Plan.Plan is { Situation: Situation.Held } plan && !IsUnread(plan))
            ? ExitCodes.Blocked : ExitCodes.From(planned.Head, options.DetailedExitCode);
        return exit == ExitCodes.Done && !written ? ExitCodes.Error : exit;
    }

    /// <summary>What became of the change.</summary>
    /// <exception cref="ProvisioningException">There is neither plan nor run to show.</exception>
    public Task<int> EndedAsync(Workspace workspace, RunResult result, SecretEnvelope? envelope) => result switch
    {
        RunResult.Changed changed => RunAsync(workspace, changed, envelope),
        RunResult.Planned planned => PlannedAsync(workspace, planned),
        RunResult.NothingToDo => throw Stopped("nothingToDo", "Someone else did it in the meantime. Nothing is left to do.", "", FailureKind.NothingToDo),
        RunResult.Held held =>
            throw Stopped("held", string.Join(" ", held.Plan.Plan.Held.Select(h => h.Message)), "Nothing was written.",
                IsUnread(held.Plan.Plan) ? FailureKind.UserNotHandled : FailureKind.Blocked),
        RunResult.Blocked => throw Refusals.From(result) ?? Stopped("blocked", "Nothing was written.", "", FailureKind.Blocked),
        RunResult.OverLimit over => throw Stopped("overLimit", over.Refusal.Message, "", FailureKind.Blocked),
        RunResult.ConditionFailed =>
            throw Stopped("stale", "The user was changed after the plan was shown. Nothing was written.",
                "Run it again and review the new plan.", FailureKind.Stale),
        RunResult.NotFound none => throw Stopped(none.Diagnostic.Code, none.Diagnostic.Message, "", FailureKind.UserNotHandled),
        RunResult.NotRead notRead => throw Stopped(notRead.Error.Code, notRead.Error.Message, notRead.Error.Advice, FailureKind.UserNotHandled),
        RunResult.Invalid invalid =>
            throw Stopped(invalid.Diagnostics[0].Code, string.Join(" ", invalid.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message)),
                "Nothing was written.", FailureKind.UserNotHandled),
        RunResult.Busy busy =>
            throw Stopped("userBusy", busy.Message + " Nothing was written.",
                $"Try again in {Math.Ceiling(busy.RetryAfter.TotalSeconds):0} s.", FailureKind.Busy),
        // RunResult is closed in fact, but the compiler cannot see it.
        _ => throw new InvalidOperationException($"A result is of an unknown kind: {result.GetType().Name}."),
    };

    /// <summary>Whether nothing was refused: what is held cannot be read, so this program cannot do it.</summary>
    private static bool IsUnread(UserPlan plan) => plan.Held.All(static h => h.Code == HoldCodes.NotOffered);

    private async Task<int> RunAsync(Workspace workspace, RunResult.Changed changed, SecretEnvelope? envelope)
    {
        ChangeRecord record = changed.Record;
        (OperationResult Result, Secret? Secret)[] made = [.. record.Result.Operations.Select(o => (o, envelope?.Take(o.Operation)))];
        bool inDocument = options.Format == OutputFormat.Json;
        bool written;
        try
        {
            if (changed.EvidenceProblem is { } problem) await messages.ReportErrorAsync(problem);
            Report report = RunReport.From(workspace, record.Run) with { Context = options.Context.In(workspace) };
            written = await reports.WriteAsync(workspace, report, invocation.Signals.Gone, inDocument ? report => Reported(report, made) : null);
        }
        finally
        {
            // Whatever happens to the report: no one else knows what was made.
            if (!inDocument) await ReportAsync(record, made);
        }

        foreach ((OperationResult result, _) in made.Where(m => m.Result.Operation is Operation.SwitchSmsSignIn))
        {
            if (result.Operation is Operation.SwitchSmsSignIn sms
                && record.Now is { } now) messages.Report($"SMS sign-in: {sms.Before.Name()} before, {now.SmsSignIn.Name()} now.");
        }

        int exit = ExitCodes.From(record.Run);
        return exit == ExitCodes.Done && !written ? ExitCodes.Error : exit;
    }

    /// <summary>On standard output, where it belongs to the text; beside a Markdown or HTML document, which is likely to be kept, on standard error.</summary>
    private async Task ReportAsync(ChangeRecord record, (OperationResult Result, Secret? Secret)[] made)
    {
        string name = record.Plan.User?.PrincipalName ?? record.Plan.Row.UserText;
        foreach ((OperationResult result, Secret? secret) in made)
        {
            if (secret is null) continue;
            string what = result.Operation is Operation.IssuePass ? "Temporary access pass" : "New password";
            string doubt = result.Outcome == OperationOutcome.Done ? string.Empty : ", which may or may not work";
            string line = $"{what} of {Visible.Escape(name)}{doubt}, shown this once: {secret.Reveal()}";
            if (options.Format == OutputFormat.Text) await ReportOutput.TextAsync(terminal.Output, writer => writer.WriteLineAsync(line));
            else await terminal.Error.WriteLineAsync(line);
        }

        await terminal.Output.FlushAsync(CancellationToken.None);
    }

    private static Report Reported(Report report, (OperationResult Result, Secret? Secret)[] made)
    {
        return report with { Users = UsersAsync };

        async IAsyncEnumerable<UserEntry> UsersAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (UserEntry user in report.Users(cancellation).WithCancellation(cancellation))
            {
                yield return user with
                {
                    Operations = [.. user.Operations.Select((operation, i) => i < made.Length && made[i].Secret is { } secret
                    ? operation with { Secret = secret.Reveal() } : operation)]
                };
            }
        }
    }

    private static Report From(Workspace workspace, RunResult.Planned planned) => Report.From(planned.Head, _ => One(planned.Plan), workspace.Digests);

#pragma warning disable CS1998 // A stream of one.
    private static async IAsyncEnumerable<PlannedUser> One(PlannedUser user)
    {
        yield return user;
    }
#pragma warning restore CS1998

    private static ProvisioningException Stopped(string code, string message, string advice, FailureKind kind) => new(code, message, advice, kind);
}
