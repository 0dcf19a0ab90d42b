using System.Text;
using System.Text.Json;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Small results on stdout: one JSON document with <c>--format json</c>, otherwise lines for a person.</summary>
internal static class ResultLines
{
    public static async Task WriteAsync<T>(VerbContext context, T document, IEnumerable<string> lines)
    {
        await using StreamWriter output = new(context.Terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        IEnumerable<string> reported = context.Options.Format == OutputFormat.Json ? [JsonSerializer.Serialize(document)] : lines;
        foreach (string line in reported) await output.WriteLineAsync(line.AsMemory(), context.Cancellation);
        await output.FlushAsync(context.Cancellation);
    }
}
