using System.Runtime.InteropServices;
using System.Text;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>Makes a new or renamed file's name survive a power cut: on Unix that takes a flush of its directory.</summary>
internal static class DurableDirectory
{
    private const int ReadOnly = 0;
    private const int NotPossibleHere = 22;

    /// <param name="file">The file whose directory is flushed.</param>
    /// <exception cref="IOException">It cannot be flushed.</exception>
    public static void Flush(string file)
    {
        if (OperatingSystem.IsWindows()) return;
        string directory = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
        int handle = open(Encoding.UTF8.GetBytes(directory + '\0'), ReadOnly);
        if (handle < 0) throw Failed(directory);
        try
        {
            // Some network file systems know no flush of directories; there a rename is as safe as they make it.
            if (fsync(handle) != 0 && Marshal.GetLastPInvokeError() != NotPossibleHere) throw Failed(directory);
        }
        finally
        {
            _ = close(handle);
        }
    }

    private static IOException Failed(string directory) =>
        new($"The directory {directory} cannot be flushed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int handle);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int handle);
}
