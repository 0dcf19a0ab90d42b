using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources;

/// <summary>An authoritative list, open for reading once.</summary>
public interface ISource : IAsyncDisposable
{
    /// <summary>What places and reports call it.</summary>
    string Name { get; }

    /// <summary>It holds only changes (docs/sources.md#formats).</summary>
    bool Delta { get; }

    /// <summary>What is worth knowing about the source as a whole although it stops nothing, such as which sheet of a workbook is read.</summary>
    ImmutableArray<Diagnostic> Notes { get; }

    /// <summary>Rows handed out so far.</summary>
    long Rows { get; }

    /// <summary>SHA-256 of all bytes of the source, in lower-case hex; null until <see cref="RowsAsync"/> came to its end.</summary>
    string? Sha256 { get; }

    /// <summary>The rows in the source's order, one at a time; can be asked for once.</summary>
    /// <exception cref="SourceException">The source cannot be used, which may turn out at any row.</exception>
    IAsyncEnumerable<SourceRow> RowsAsync(CancellationToken cancellation);
}
