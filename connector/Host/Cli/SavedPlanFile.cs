using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Model;
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
        if (!await IsPlanAsync(path, cancellation)) return null;
        FileStream file = PlanFiles.Open(path);
        try
        {
            SavedPlan plan = await PlanFiles.ReadAsync(path, file, await workspace.SealKeyAsync(cancellation), cancellation);
            return new SavedPlanFile(path, file, plan);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>A JSON object whose <c>kind</c> is <c>plan</c> is a plan, whatever its name (docs/sources.md).</summary>
    public static async Task<bool> IsPlanAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return false;
        await using FileStream file = PlanFiles.Open(path);
        byte[] start = new byte[512];
        int read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        string text = Encoding.UTF8.GetString(start, 0, read).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith('{') && PlanFiles.KindOf(start.AsSpan(0, read)) == "plan";
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
