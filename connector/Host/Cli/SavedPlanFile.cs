using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Seal;

namespace ProvisioningConnector.Host.Cli;

/// <summary>A plan file that may be applied: sealed by this store, for this tenant, young enough, complete with its values (design 8).</summary>
internal sealed class SavedPlanFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly SavedPlan _plan;
    private readonly Workspace _workspace;

    private SavedPlanFile(FileStream file, SavedPlan plan, Workspace workspace) => (_file, _plan, _workspace) = (file, plan, workspace);

    public PlanHead Head => _plan.Head;

    /// <summary>The plan's own seal, verified.</summary>
    public string Seal => _plan.Document.Seal ?? throw new InvalidOperationException("A plan that was opened to be applied has a seal.");

    /// <summary>Approvals whose seals are intact, from the document and from the store.</summary>
    /// <exception cref="ProvisioningException">One in the document was edited.</exception>
    public Task<ImmutableArray<Approval>> ApprovalsAsync(CancellationToken cancellation) =>
        GivenApprovals.OfAsync(_workspace, Head.PlanId, _plan.Document.Approvals ?? [], cancellation);

    public IAsyncEnumerable<PlannedUser> Users(CancellationToken cancellation) => _plan.UsersAsync(cancellation);

    /// <summary>Opens a path when it is a plan; null when it is something else (a source).</summary>
    /// <exception cref="ProvisioningException">It is a plan that must not be applied.</exception>
    public static async Task<SavedPlanFile?> TryOpenAsync(
        string path, Workspace workspace, ReadingTenant tenant, CommonOptions options, CancellationToken cancellation)
    {
        if (!await IsPlanAsync(path, cancellation)) return null;
        FileStream file = PlanFiles.Open(path);
        try
        {
            SavedPlan plan = await PlanFiles.ReadAsync(path, file, await workspace.SealKeyAsync(cancellation), cancellation);
            Check(path, plan.Head, workspace, tenant, options);
            return new SavedPlanFile(file, plan, workspace);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>A JSON object whose <c>kind</c> is <c>plan</c> is a plan, whatever its name (design 6).</summary>
    public static async Task<bool> IsPlanAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return false;
        await using FileStream file = PlanFiles.Open(path);
        byte[] start = new byte[512];
        int read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        string text = Encoding.UTF8.GetString(start, 0, read).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith('{') && PlanFiles.KindOf(start.AsSpan(0, read)) == "plan";
    }

    /// <summary>Marks the plan as applied; it is applied once.</summary>
    /// <exception cref="ProvisioningException">It already was.</exception>
    public async Task ClaimAsync(string runId, CancellationToken cancellation)
    {
        if (await _workspace.Store.ClaimPlanAsync(Head.PlanId, runId, _workspace.Time.GetUtcNow(), cancellation)) return;
        throw new ProvisioningException("planAlreadyApplied", $"The plan {Head.PlanId} was applied before; a plan is applied once.",
            "See 'provision runs'. To go on with an interrupted run use 'provision resume RUN-ID'; otherwise plan again.");
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static void Check(string path, PlanHead plan, Workspace workspace, ReadingTenant tenant, CommonOptions options)
    {
        if (!string.Equals(plan.Tenant.Id, tenant.Identity.Id, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProvisioningException("planOfAnotherTenant",
                $"The plan '{path}' was made for tenant '{plan.Tenant.Name}' ({plan.Tenant.Id}), not for '{tenant.Identity.Name}' ({tenant.Identity.Id}).",
                "Choose that tenant with --tenant, or plan again.");
        }

        TimeSpan age = workspace.Time.GetUtcNow() - plan.CreatedAt;
        if (age > workspace.Tenant.PlanMaxAge || age < TimeSpan.FromMinutes(-5))
        {
            throw new ProvisioningException("planExpired",
                $"The plan '{path}' was made at {plan.CreatedAt:u}; a plan may be applied for {workspace.Tenant.PlanMaxAge} (PlanMaxAge).",
                "Plan again and review the new plan.");
        }

        if (!options.Allow.IsEmpty)
        {
            throw new ProvisioningException("allowOnSavedPlan", "--allow cannot change a saved plan: it holds what was allowed when it was made.",
                "Plan again with --allow, or have a second person approve it with 'provision approve PLAN.json --allow KEY=N --reason TEXT'.");
        }
    }
}
