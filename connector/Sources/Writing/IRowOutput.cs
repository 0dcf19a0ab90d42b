using System.Collections.Immutable;

namespace ProvisioningConnector.Sources.Writing;

/// <summary>A file of rows that is being written. Disposing completes it; the stream stays open.</summary>
public interface IRowOutput : IAsyncDisposable
{
    /// <summary>Begins: the names of the columns.</summary>
    ValueTask BeginAsync(ImmutableArray<string> columns, CancellationToken cancellation);

    /// <summary>One row, as many cells as there are columns; an empty one says nothing.</summary>
    ValueTask WriteAsync(ImmutableArray<RowCell> cells, CancellationToken cancellation);
}

/// <summary>A value of a row that is written.</summary>
/// <param name="Text">The value itself; empty for none.</param>
/// <param name="IsPhone">A number, whose plus sign is no formula.</param>
public readonly record struct RowCell(string Text, bool IsPhone = false);
