using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Undo;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>The inverse of a run, as a list.</summary>
/// <param name="store">Holds the run.</param>
/// <param name="run">The run to undo.</param>
/// <param name="terms">What may be undone.</param>
public sealed class UndoneRun(IRunStore store, RunHeader run, UndoTerms terms) : IRowSource
{
    private readonly PlanOrigin.Undo _origin = PlanOrigin.Undo.Of(run);

    /// <inheritdoc/>
    public string Name => _origin.Name;

    /// <inheritdoc/>
    public bool IsDelta => true;

    /// <inheritdoc/>
    public PlanOrigin Origin => _origin;

    /// <inheritdoc/>
    public DateTimeOffset? WrittenAt => null;

    /// <inheritdoc/>
    public string? Sha256 => null;

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Notes => [];

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> RowsAsync(CancellationToken cancellation) => UndoRows.ReadAsync(store, run.RunId, terms, cancellation);

    /// <inheritdoc/>
    public ValueTask PlannedAsync(IPlanSpool spool, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
