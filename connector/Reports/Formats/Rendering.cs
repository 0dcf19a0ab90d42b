using System.Text;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Html;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Markdown;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Formats;

/// <summary>Writes a report in any format, as UTF-8 without a byte order mark.</summary>
public static class Rendering
{
    /// <summary>Writes to one stream. HTML holds every user in the page then, however many they are.</summary>
    public static Task WriteAsync(Report report, ReportFormat format, Stream output, TextStyle style, CancellationToken cancellation) => format switch
    {
        ReportFormat.Text => WithWriterAsync(output, writer => TextReport.WriteAsync(report, writer, style, cancellation)),
        ReportFormat.Json => JsonReports.WriteAsync(report, output, cancellation),
        ReportFormat.Markdown => WithWriterAsync(output, writer => MarkdownReport.WriteAsync(report, writer, cancellation)),
        ReportFormat.Html => HtmlReport.WriteAsync(report, output, "", null, cancellation),
    };

    private static async Task WithWriterAsync(Stream output, Func<TextWriter, Task> write)
    {
        await using StreamWriter writer = new(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await write(writer);
    }
}
