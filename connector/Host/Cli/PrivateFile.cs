namespace ProvisioningConnector.Host.Cli;

/// <summary>Files with personal data: readable by their owner only, complete or not there at all.</summary>
internal static class PrivateFile
{
    /// <summary>Writes beside the target and moves into place when everything is written.</summary>
    /// <exception cref="CommandStopped">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, bool isPrivate, CancellationToken cancellation)
    {
        string full = Path.GetFullPath(path);
        string beside = full + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? ".");
            FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (isPrivate && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            File.Delete(beside);
            await using (FileStream file = new(beside, options))
            {
                await write(file);
                await file.FlushAsync(cancellation);
            }

            File.Move(beside, full, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandStopped("fileNotWritten", $"The file '{path}' cannot be written: {exception.Message}", "Choose another place or mend its permissions.");
        }
    }
}
