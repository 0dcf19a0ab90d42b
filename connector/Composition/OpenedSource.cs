using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Composition;

/// <summary>An open source, and how to open it again for a second pass.</summary>
/// <param name="Rows">The source, open for its one reading.</param>
/// <param name="Path">The file, for the second pass; a private copy where the source is standard input.</param>
/// <param name="How">How it is read.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Copy">The private copy, gone afterwards; null when there is none.</param>
internal sealed record OpenedSource(ISource Rows, string Path, SourceOptions How, PlanOrigin Origin, PrivateCopy? Copy) : IRowSource
{
    /// <summary>When the file was last written; null where the source is no file of its own.</summary>
    public DateTimeOffset? WrittenAt => Copy is null && File.Exists(Path) ? new DateTimeOffset(File.GetLastWriteTimeUtc(Path), TimeSpan.Zero) : null;

    /// <inheritdoc/>
    public string Name => Rows.Name;

    /// <inheritdoc/>
    public bool IsDelta => Rows.Delta;

    /// <inheritdoc/>
    public string? Sha256 => Rows.Sha256;

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Notes => Rows.Notes;

    /// <summary>Called when the plan is made, while the source is still open.</summary>
    public Func<OpenedSource, IPlanSpool, CancellationToken, Task> Planned { get; init; } = static (_, _, _) => Task.CompletedTask;

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> RowsAsync(CancellationToken cancellation) => Rows.RowsAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask PlannedAsync(IPlanSpool spool, CancellationToken cancellation) => await Planned(this, spool, cancellation);

    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync();
        if (Copy is not null) await Copy.DisposeAsync();
    }
}
