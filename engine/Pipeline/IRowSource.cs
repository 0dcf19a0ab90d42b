using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>An authoritative list, open for its one reading.</summary>
public interface IRowSource : IAsyncDisposable
{
    /// <summary>Name in plans and documents.</summary>
    string Name { get; }

    /// <summary>It holds only changes: a user who is not in it is left alone, and it is not compared with the last list.</summary>
    bool IsDelta { get; }

    PlanOrigin Origin { get; }

    /// <summary>When its file was last written; null where there is none.</summary>
    DateTimeOffset? WrittenAt { get; }

    /// <summary>Digest of its bytes, once all rows were read; null where there is none.</summary>
    string? Sha256 { get; }

    /// <summary>What is worth knowing about the source as a whole although it stops nothing.</summary>
    ImmutableArray<Diagnostic> Notes { get; }

    IAsyncEnumerable<SourceRow> RowsAsync(CancellationToken cancellation);

    /// <summary>Called when the plan is made, while the source is still open.</summary>
    ValueTask PlannedAsync(IPlanSpool spool, CancellationToken cancellation);
}
