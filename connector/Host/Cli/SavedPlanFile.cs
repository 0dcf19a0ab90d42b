using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Seal;

namespace ProvisioningConnector.Host.Cli;

/// <summary>A plan file that may be applied: sealed by this store, for this tenant, young enough, complete with its values
/// (docs/documents.md#saved-plans).</summary>
internal sealed class SavedPlanFile : ISavedPlan, IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly SavedPlan _plan;

    private SavedPlanFile(string path, FileStream file, SavedPlan plan) => (Name, _file, _plan) = (path, file, plan);

    /// <inheritdoc/>
    public string Name { get; }

    public PlanHeader Head => _plan.Head;

    /// <summary>The plan's own seal, verified.</summary>
    public string Seal => _plan.Document.Seal ?? throw new InvalidOperationException("A plan that was opened to be applied has a seal.");

    /// <inheritdoc/>
    public ImmutableArray<Approval> Approvals => [.. _plan.Document.Approvals ?? []];

    /// <inheritdoc/>
    public IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation) => _plan.UsersAsync(cancellation);

    /// <summary>Opens a path when it is a plan; null when it is something else (a source).</summary>
    /// <exception cref="ProvisioningException">It is a plan that must not be applied.</exception>
    public static async Task<SavedPlanFile?> TryOpenAsync(
        string path, Workspace workspace, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return null;
        FileStream file = PlanFiles.Open(path);
        try
        {
            if (!PlanFiles.IsPlan(file))
            {
                await file.DisposeAsync();
                return null;
            }

            file.Position = 0;
            SavedPlan plan = await PlanFiles.ReadAsync(path, file, await workspace.SealKeyAsync(cancellation), cancellation);
            return new SavedPlanFile(path, file, plan);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
