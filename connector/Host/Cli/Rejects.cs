using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources;

namespace ProvisioningConnector.Host.Cli;

/// <summary>
/// <c>--rejects FILE</c>: the rows that only the source's owner can fix, each with its reason: rows with errors, rows of users
/// whom the tenant does not know, and requests that cannot be.
/// </summary>
internal sealed class Rejects(CommonOptions options, Messages messages)
{
    /// <exception cref="ProvisioningException">The file cannot be written.</exception>
    public async Task WriteAsync(OpenedSource source, IPlanSpool spool, CancellationToken cancellation)
    {
        if (options.Rejects is not { } target) return;
        Dictionary<long, string> reasons = [];
        await foreach (PlannedUser user in spool.PlannedAsync(cancellation))
        {
            if (user.Plan.Situation is Situation.Invalid or Situation.NotFound) reasons[user.Row.Ordinal] = Reason(user);
        }

        string digest = source.Rows.Sha256 ?? throw new InvalidOperationException("A source that was read to its end has a digest.");
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder) Directory.CreateDirectory(folder);
            long written = await RejectsFile.WriteAsync(source.Path, source.How, digest, target, reasons.GetValueOrDefault, cancellation);
            messages.Report($"rejected rows: {written} in {target} (full values, readable by you only)");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProvisioningException("fileNotWritten", $"The file '{target}' cannot be written: {exception.Message}",
                "Choose another path for --rejects, or fix its permissions.");
        }
    }

    private static string Reason(PlannedUser user) =>
        string.Join("; ", user.Plan.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message).Distinct(StringComparer.Ordinal));
}
