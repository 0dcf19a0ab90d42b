using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Files that a command leaves: readable by their owner only, complete or not there at all.</summary>
internal static class ResultFile
{
    /// <exception cref="ProvisioningException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellation)
    {
        try
        {
            string full = Path.GetFullPath(path);
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? ".");
            await using PrivateFile file = PrivateFile.Create(full);
            await write(file.Content);
            await file.CommitAsync(cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProvisioningException("fileNotWritten", $"The file '{path}' cannot be written: {exception.Message}",
                "Choose another path, or fix its permissions.");
        }
    }
}
