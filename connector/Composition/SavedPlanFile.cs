using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Seal;

namespace ProvisioningConnector.Composition;

/// <summary>A saved plan that may be applied or approved: for this tenant, young enough, complete with its values
/// (docs/documents.md#saved-plans).</summary>
internal sealed class SavedPlanFile : ISavedPlan, IAsyncDisposable
{
    private readonly Stream _content;
    private readonly SavedPlan _plan;

    private SavedPlanFile(string name, Stream content, SavedPlan plan, SignedApprovals signed) =>
        (Name, _content, _plan, SignedApprovals) = (name, content, plan, signed);

    /// <inheritdoc/>
    public string Name { get; }

    public PlanHeader Head => _plan.Head;

    /// <summary>The plan's own seal, verified where the plan was opened with a store.</summary>
    public string Seal => _plan.Document.Seal ?? throw new InvalidOperationException("A plan that was opened to be applied has a seal.");

    /// <summary>Digest of what the seal covers.</summary>
    public string Content => _plan.Content;

    /// <inheritdoc/>
    public ImmutableArray<Approval> Approvals => [.. _plan.Document.Approvals ?? []];

    /// <inheritdoc/>
    public SignedApprovals SignedApprovals { get; }

    /// <inheritdoc/>
    public IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation) => _plan.UsersAsync(cancellation);

    /// <summary>Opens a path when it is a plan, with the signed approvals beside it; null when it is something else (a source).</summary>
    /// <exception cref="ProvisioningException">It is a plan that must not be applied.</exception>
    public static async Task<SavedPlanFile?> TryOpenAsync(string path, Workspace workspace, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return null;
        FileStream file = PlanFiles.Open(path);
        try
        {
            if (PlanFiles.IsPlan(file))
            {
                SavedPlan plan = await PlanFiles.ReadAsync(path, file, await workspace.SealKeyAsync(cancellation), cancellation);
                return new SavedPlanFile(path, file, plan, SignedApprovalFiles.Read(path, plan.Content, workspace.Settings.Approvers));
            }

            await file.DisposeAsync();
            return null;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>A plan that is in no file here; its content is disposed with it.</summary>
    /// <param name="name">What messages call it; no file of that name is looked for.</param>
    /// <exception cref="ProvisioningException">It is none, or must not be applied.</exception>
    public static async Task<SavedPlanFile> ReadAsync(string name, Stream content, Workspace workspace, CancellationToken cancellation)
    {
        content.Position = 0;
        SavedPlan plan = await PlanFiles.ReadAsync(name, content, await workspace.SealKeyAsync(cancellation), cancellation);
        return new SavedPlanFile(name, content, plan, SignedApprovals.None);
    }

    /// <summary>For one who signs it and has no store: whether the seal fits is checked when it is applied.</summary>
    /// <exception cref="ProvisioningException">It is no saved plan.</exception>
    public static async Task<SavedPlanFile> OpenWithoutStoreAsync(string path, CancellationToken cancellation)
    {
        FileStream file = PlanFiles.Open(path);
        try
        {
            SavedPlan plan = await PlanFiles.ReadAsync(path, file, key: null, cancellation);
            return plan.Document.Seal is not null ? new SavedPlanFile(path, file, plan, SignedApprovals.None)
                : throw new ProvisioningException("notAPlan", $"'{path}' is not a saved plan: it has no seal.",
                    "Save one with 'provision plan SOURCE --out FILE', then approve that file.");
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _content.DisposeAsync();
}
