using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Database;

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

    /// <summary>Gives a file that will replace another one its owner, group and mode.</summary>
    /// <exception cref="StoreException">This account may not do it.</exception>
    public static void Follow(string path, string model)
    {
        FileOwner.Follow(path, model);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(model));
    }

    /// <summary>Takes others' rights away from a file of this account.</summary>
    /// <exception cref="StoreException">Others can read the file and it belongs to another account.</exception>
    public static void Narrow(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerDirectory) == UnixFileMode.None) return;
        // Root may change any file, but the owner's settings are the owner's to change.
        if (!FileOwner.IsOwn(path)) throw Shared(path, null);
        try
        {
            File.SetUnixFileMode(path, mode & OwnerDirectory);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Shared(path, error);
        }
    }

    private static StoreException Shared(string path, Exception? error) => new(StoreProblem.Unavailable,
        $"Others can read {path}, and this account may not change that.",
        "Run this command with the account that owns the file, or set its mode to 600. Nothing was changed.", error);

    /// <summary>Problems with the file system as problems with the store.</summary>
    public static StoreException Problem(Exception error, string path) => new(StoreProblem.Unavailable,
        $"The file {path} cannot be used: {error.Message}",
        "Check the path in the Store settings, its directory and the rights of this account on them.", error);
}
