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
internal sealed record OpenedSource(ISource Rows, string Path, SourceOptions How, PlanOrigin Origin, PrivateCopy? Copy) : IAsyncDisposable
{
    /// <summary>When the file was last written; null where the source is no file of its own.</summary>
    public DateTimeOffset? Written => Copy is null && File.Exists(Path) ? new DateTimeOffset(File.GetLastWriteTimeUtc(Path), TimeSpan.Zero) : null;

    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync();
        if (Copy is not null) await Copy.DisposeAsync();
    }
}
