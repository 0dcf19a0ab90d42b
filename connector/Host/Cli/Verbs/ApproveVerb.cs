using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Seal;
using ProvisioningConnector.Reports.Text;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>approve PLAN.json --reason TEXT [--allow deletes=312]</c>: a second person's
/// seal on a saved plan, in the store and in the plan's file.</summary>
internal sealed class ApproveVerb(CommonOptions options, Messages messages, WorkspaceOpening workspaces, ResultLines results)
{
    public async Task<int> RunAsync(string path, string? lifetime, CancellationToken stop)
    {
        OpeningArguments.Reason(options.Reason);
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        Approval approval;
        ImmutableArray<Approval> all;
        PlanHeader plan;
        await using (SavedPlanFile saved = await SavedPlanFile.TryOpenAsync(path, workspace, stop)
            ?? throw new ProvisioningException("notAPlan", $"'{path}' is not a saved plan.",
                "Save one with 'provision plan SOURCE --out FILE', then approve that file."))
        {
            plan = saved.Head;
            (approval, all) = await PlanApproval.GiveAsync(
                workspace, saved, tenant.Identity.Id, new ApprovalRequest(options.Reason, options.Allow, lifetime), stop);
        }

        if (PlanApproval.IsByMaker(workspace, plan))
        {
            messages.Report($"note: {approval.Approver} made this plan, so this does not count as the approval of a second person. The plan needs none.");
        }

        await IntoFileAsync(path, all, stop);
        if (await workspace.Audit.ConcludeAsync(stop) is { } problem) await messages.ReportErrorAsync(problem);
        await results.WriteAsync(
            ApprovalDocument.From(approval),
            [$"plan {plan.PlanId} approved by {Describe(approval)}",
             .. NextLines.From("Apply it", options.Context.In(workspace).WithPlan(path).Apply(plan.Tenant.Name))]);
        return ExitCodes.Done;
    }

    /// <summary>Who approved, until when, and what is allowed.</summary>
    public static string Describe(Approval approval)
    {
        string allowed = string.Join(", ", approval.Allowances.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key}={a.Value}")));
        return $"{approval.Approver} until {approval.ExpiresAt:u}{(allowed.Length == 0 ? "" : $", allowing {allowed}")}";
    }

    private async Task IntoFileAsync(string path, ImmutableArray<Approval> all, CancellationToken cancellation)
    {
        // A file that is replaced gets a new owner, and the planner could no longer read it.
        if (!FileOwner.IsOwn(path))
        {
            messages.Report("note: the approval is in the store, where 'apply' finds it. The plan's file belongs to another account and stays as it is.");
            return;
        }

        try
        {
            await ResultFile.WriteAsync(path, async output =>
            {
                await using FileStream plan = PlanFiles.Open(path);
                await ApprovedPlan.WriteAsync(plan, all, output, cancellation);
            }, cancellation);
        }
        catch (ProvisioningException stopped) when (stopped.Code == "fileNotWritten")
        {
            messages.Report($"note: the approval is in the store and counts, but it could not be put into the plan's file. {stopped.Message}");
        }
    }
}
