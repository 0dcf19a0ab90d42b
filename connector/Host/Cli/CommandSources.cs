using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Opens sources as the command's options ask for it.</summary>
internal sealed class CommandSources(CommonOptions options, Terminal terminal, Rejects rejects)
{
    /// <summary>What sources are opened for.</summary>
    public SourceUse Use => new()
    {
        Delta = options.Delta, StandardInput = terminal.StandardInput, Planned = options.Rejects is null ? null : rejects.WriteAsync,
    };

    /// <summary>Opens a source; the caller disposes it.</summary>
    public Task<OpenedSource> OpenAsync(SourceArguments source, Workspace workspace, CancellationToken cancellation) =>
        SourceOpening.OpenAsync(source, Use, workspace, cancellation);

    /// <summary>The rows of a source, opened when the run begins.</summary>
    public RunWork.Rows Rows(SourceArguments source, Workspace workspace) => new(async cancellation => await OpenAsync(source, workspace, cancellation));
}
