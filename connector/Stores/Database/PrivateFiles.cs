using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Database;

/// <summary>
/// Files and directories that only one account may read, mode 600 and 700, or one group, 660 and 2770. On Windows the directory's own rights count.
/// </summary>
/// <param name="access">Who may read them.</param>
internal sealed class PrivateFiles(StoreAccess access)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode GroupFile = OwnerFile | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Of the account alone.</summary>
    public static PrivateFiles OfOwner { get; } = new(StoreAccess.Owner);

    private UnixFileMode FileMode => access == StoreAccess.Group ? GroupFile : OwnerFile;

    // New files get the directory's group only when it passes it on.
    private UnixFileMode DirectoryMode => access == StoreAccess.Group
        ? GroupFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.SetGroup : OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Makes the directory of a file when it is missing. One that is there stays as it is.</summary>
    /// <exception cref="StoreException">A group is to use it, and it does not pass its group on.</exception>
    public void MakeDirectoryOf(string path)
    {
        string? directory = Path.GetDirectoryName(path);
        if (string.IsNullOrEmpty(directory)) return;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, DirectoryMode);
            if (access == StoreAccess.Group) File.SetUnixFileMode(directory, DirectoryMode);
        }

        if (access == StoreAccess.Group && OperatingSystem.IsLinux() && !File.GetUnixFileMode(directory).HasFlag(UnixFileMode.SetGroup))
        {
            throw new StoreException(StoreProblem.Unavailable,
                $"Store:Access is Group, and new files in {directory} do not get its group.", $"Set it once: chmod 2770 {directory}");
        }
    }

    /// <summary>Opens a file that must not be there yet.</summary>
    public FileStream Create(string path)
    {
        FileStreamOptions options = new() { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        FileStream file = new(path, options);
        // The process's mask would take the group's rights away.
        if (access == StoreAccess.Group && !OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, FileMode);
        return file;
    }

    /// <summary>Makes an empty file where there is none, and takes others' rights away where there is one.</summary>
    public void Ensure(string path)
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

    /// <summary>Gives a file of this process, such as one that will replace another one, the owner (not among a group), group and mode of the other.</summary>
    /// <exception cref="StoreException">This account may not do it.</exception>
    public void Follow(string path, string model)
    {
        FollowOwner(path, model);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(model));
    }

    /// <summary>The same, but for the mode.</summary>
    /// <exception cref="StoreException">This account may not do it.</exception>
    public void FollowOwner(string path, string model)
    {
        if (access == StoreAccess.Group) FileOwner.FollowGroup(path, model);
        else FileOwner.Follow(path, model);
    }

    /// <summary>Takes others' rights away from a file of this account; a group's file gets the group's rights.</summary>
    /// <exception cref="StoreException">Others can read the file and it belongs to another account.</exception>
    public void Narrow(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        UnixFileMode mode = File.GetUnixFileMode(path);
        UnixFileMode right = access == StoreAccess.Group ? FileMode : mode & (OwnerFile | UnixFileMode.UserExecute);
        if (mode == right) return;
        // Root may change any file, but the owner's settings are the owner's to change.
        if (!FileOwner.IsOwn(path)) throw Shared(path, null);
        try
        {
            File.SetUnixFileMode(path, right);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Shared(path, error);
        }
    }

    private StoreException Shared(string path, Exception? error) => new(StoreProblem.Unavailable,
        access == StoreAccess.Group
            ? $"The rights on {path} are not those of a group's file, and this account may not change them."
            : $"Others can read {path}, and this account may not change that.",
        $"Run this command with the account that owns the file, or set its mode: chmod {(access == StoreAccess.Group ? "660" : "600")} {path}. "
            + "Nothing was changed.", error);

    /// <summary>Problems with the file system as problems with the store.</summary>
    public static StoreException Problem(Exception error, string path) => new(StoreProblem.Unavailable,
        $"The file {path} cannot be used: {error.Message}",
        "Check the path in the Store settings, its directory and the rights of this account on them.", error);
}
