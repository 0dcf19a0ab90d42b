namespace ProvisioningConnector.Reports.Formats;

/// <summary>The renderings of a report (design 7: <c>--format</c>, <c>--report</c>).</summary>
public enum ReportFormat
{
    Text,
    Json,
    Markdown,
    Html,
}

/// <summary>Names and file endings of formats.</summary>
public static class ReportFormats
{
    /// <summary>The name on the command line.</summary>
    public static string Name(this ReportFormat format) => format switch
    {
        ReportFormat.Text => "text",
        ReportFormat.Json => "json",
        ReportFormat.Markdown => "markdown",
        ReportFormat.Html => "html",
    };

    /// <summary>The format that a file name asks for; null when its ending is none of <c>.txt</c>, <c>.json</c>, <c>.md</c>, <c>.markdown</c>, <c>.html</c>, <c>.htm</c>.</summary>
    public static ReportFormat? OfFile(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".txt" => ReportFormat.Text,
        ".json" => ReportFormat.Json,
        ".md" or ".markdown" => ReportFormat.Markdown,
        ".html" or ".htm" => ReportFormat.Html,
        _ => null,
    };
}
