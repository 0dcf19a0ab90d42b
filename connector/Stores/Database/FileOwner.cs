using System.Runtime.InteropServices;
using System.Text;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Database;

/// <summary>Owner and group of files on Linux. Elsewhere every file counts as one's own: there they follow from the directory.</summary>
public static class FileOwner
{
    private const int CurrentDirectory = -100;
    private const uint BasicFacts = 0x7ff;
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Whether a file belongs to the account of this process.</summary>
    /// <exception cref="IOException">It cannot be asked.</exception>
    public static bool IsOwn(string file) => !OperatingSystem.IsLinux() || Read(file).User == geteuid();

    /// <summary>Gives a file of this process the owner and the group of another file. Only root may give files away.</summary>
    /// <param name="file">The file.</param>
    /// <param name="model">The file whose owner and group it gets.</param>
    /// <exception cref="IOException">The owner cannot be asked.</exception>
    /// <exception cref="StoreException">This account may not do it.</exception>
    internal static void Follow(string file, string model)
    {
        if (!OperatingSystem.IsLinux()) return;
        (uint user, uint group) = Read(model);
        if (Read(file) == (user, group) || chown(Name(file), user, group) == 0) return;
        throw new StoreException(StoreProblem.Unavailable,
            $"The file {model} belongs to another account or group (user {user}, group {group}), and this account may not write a file in their name: "
            + $"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}",
            "Run this command with the account that owns the store. Nothing was changed.");
    }

    /// <summary>Gives a file of this account the group of another file.</summary>
    /// <exception cref="IOException">The group cannot be asked.</exception>
    /// <exception cref="StoreException">This account may not do it.</exception>
    internal static void FollowGroup(string file, string model)
    {
        if (!OperatingSystem.IsLinux()) return;
        uint group = Read(model).Group;
        if (Read(file).Group == group || chown(Name(file), Unchanged, group) == 0) return;
        throw new StoreException(StoreProblem.Unavailable,
            $"The file {file} cannot be given the group of {model}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}",
            "Make this account a member of the group that owns the store. Nothing was changed.");
    }

    private static (uint User, uint Group) Read(string file)
    {
        if (statx(CurrentDirectory, Name(file), 0, BasicFacts, out Facts facts) == 0) return (facts.User, facts.Group);
        throw new IOException($"The owner of {file} cannot be read: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    private static byte[] Name(string file) => Encoding.UTF8.GetBytes(file + '\0');

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, out Facts facts);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int chown(byte[] path, uint user, uint group);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    /// <summary>The kernel's <c>struct statx</c>, the same on every processor; only what is asked for has a name.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Facts
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;
    }
}
