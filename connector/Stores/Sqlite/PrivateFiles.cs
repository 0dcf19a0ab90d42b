using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Sqlite;

/// <summary>Files and directories that only their owner may read: mode 600 and 700. On Windows the directory's own rights count.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Makes the directory of a file when it is missing. One that is there stays as it is.</summary>
    public static void MakeDirectoryOf(string path)
    {
        string? directory = Path.GetDirectoryName(path);
        if (string.IsNullOrEmpty(directory) || Directory.Exists(directory)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, OwnerDirectory);
    }

    /// <summary>Opens a file that must not be there yet.</summary>
    public static FileStream Create(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    /// <summary>Makes an empty file where there is none, and takes others' rights away where there is one.</summary>
    public static void Ensure(string path)
    {
        if (!File.Exists(path))
        {
            try
            {
                Create(path).Dispose();
                return;
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was faster; its file is as good.
            }
        }

        Narrow(path);
    }

    /// <exception cref="StoreException">Others can read the file and this account may not change that.</exception>
    public static void Narrow(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerDirectory) == UnixFileMode.None) return;
        try
        {
            File.SetUnixFileMode(path, mode & OwnerDirectory);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StoreException(StoreTrouble.Unavailable, $"Others can read {path}, and this account may not change that.",
                "Let the file belong to the account that runs this product, with mode 600.", error);
        }
    }

    /// <summary>Trouble with the file system as trouble with the store.</summary>
    public static StoreException Trouble(Exception error, string path) => new(StoreTrouble.Unavailable,
        $"The file {path} cannot be used: {error.Message}",
        "Check the path in the Store settings, its directory and this account's rights on them.", error);
}
