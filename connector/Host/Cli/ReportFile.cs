using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Html;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Markdown;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli;

/// <summary>A report in a file, in the form that its ending names; large HTML pages put their users into files beside the page.</summary>
internal static class ReportFile
{
    /// <exception cref="ProvisioningException">The file cannot be written.</exception>
    public static Task WriteAsync(Report report, string path, CancellationToken cancellation) =>
        ResultFile.WriteAsync(path, stream => OutputFormats.OfFile(path) switch
    {
        OutputFormat.Json => JsonReports.WriteAsync(report, stream, cancellation),
        OutputFormat.Text => ReportOutput.TextAsync(stream, writer => TextReport.WriteAsync(report, writer, TextStyle.Plain, cancellation)),
        OutputFormat.Markdown => ReportOutput.TextAsync(stream, writer => MarkdownReport.WriteAsync(report, writer, cancellation)),
        OutputFormat.Html => HtmlReport.WriteAsync(report, stream, Path.GetFileNameWithoutExtension(path), name => Shard(path, name), cancellation),
    }, cancellation);

    /// <summary>Stale files of an earlier, larger report are overwritten; the page itself is put in place after them.</summary>
    private static FileStream Shard(string page, string name)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page)) ?? ".", name), options);
    }
}
