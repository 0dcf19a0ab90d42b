using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>
/// The right to change a key file: an empty file beside it, held open by one process at a time. It stays when it is free;
/// removing it would let two hold it at once.
/// </summary>
internal static class KeyFileLock
{
    private const int Tries = 500;
    private const int MillisecondsBetween = 20;

    /// <exception cref="StoreException">Someone held it all the time.</exception>
    public static FileStream Take(string keyFile)
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string path = keyFile + ".lock";
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(path))
            {
                if (attempt == Tries)
                {
                    throw new StoreException(StoreProblem.Locked, $"Another process has locked the key file {keyFile} for too long.",
                        $"Find out which process has {path} open, and try again.", error);
                }
            }

            Thread.Sleep(MillisecondsBetween);
        }
    }
}
