using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Small results on stdout: one JSON document with <c>--format json</c>, otherwise lines for a person.</summary>
internal sealed class ResultLines(CommonOptions options, Terminal terminal, Invocation invocation)
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() },
    };

    public async Task WriteAsync<T>(T document, IEnumerable<string> lines)
    {
        bool isJson = options.Format == OutputFormat.Json;
        await using TextWriter output = isJson
            ? new StreamWriter(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" } : terminal.OutputText();
        IEnumerable<string> reported = isJson ? [JsonSerializer.Serialize(document, Layout)] : lines;
        foreach (string line in reported) await output.WriteLineAsync(line.AsMemory(), invocation.Signals.Gone);
        await output.FlushAsync(invocation.Signals.Gone);
    }
}
