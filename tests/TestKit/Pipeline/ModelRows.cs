using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Pipeline;

/// <summary>Rows as from a list.</summary>
public sealed class ModelRows(IEnumerable<SourceRow> rows) : IRowSource
{
    public string Name => "people.csv";

    public bool IsDelta { get; init; }

    public PlanOrigin Origin { get; init; } = new PlanOrigin.Source();

    public DateTimeOffset? WrittenAt => null;

    public string? Sha256 => null;

    public ImmutableArray<Diagnostic> Notes => [];

    /// <summary>The work of planning and applying rows.</summary>
    public static RunWork.Rows Work(IEnumerable<SourceRow> rows, bool isDelta = false) =>
        new(_ => new ValueTask<IRowSource>(new ModelRows(rows) { IsDelta = isDelta }));

    public IAsyncEnumerable<SourceRow> RowsAsync(CancellationToken cancellation) => rows.ToAsyncEnumerable();

    public ValueTask PlannedAsync(IPlanSpool spool, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
