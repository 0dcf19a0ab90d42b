using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Form of the result on stdout, and of report files by their ending.</summary>
internal enum OutputFormat
{
    Text,
    Json,
    Markdown,
    Html,
}

/// <summary>File endings of reports.</summary>
internal static class OutputFormats
{
    /// <summary>The format that a file's ending asks for.</summary>
    /// <exception cref="ProvisioningException">The ending is none of them.</exception>
    public static OutputFormat OfFile(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".TXT" or ".LOG" => OutputFormat.Text,
        ".JSON" => OutputFormat.Json,
        ".MD" or ".MARKDOWN" => OutputFormat.Markdown,
        ".HTML" or ".HTM" => OutputFormat.Html,
        _ => throw new ProvisioningException("unknownReportFormat", $"The report file '{path}' does not end in a known format.",
            "Use .txt, .json, .md or .html."),
    };
}
