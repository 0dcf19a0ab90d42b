using System.Diagnostics;
using System.Globalization;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Composition;

/// <summary>
/// This process as the holder of a lease or lock, and whether another holder's process is certainly gone. Certain means: the same machine
/// and boot (and, with containers, the same process and time spaces), and no process with that number, or one that began at
/// another time. Where the operating system does not provide it (only Linux does here), nothing is certain.
/// </summary>
internal static class HostProcess
{
    /// <summary>This process as the holder of a lease.</summary>
    public static LeaseHolder Holder(string runId)
    {
        HolderProcess me = Current();
        return new LeaseHolder(Environment.UserName, me.Host, me.Boot, me.ProcessId, me.ProcessStart, Identity.ToolVersion, runId);
    }

    /// <summary>This process as the holder of a user's lock.</summary>
    public static HolderProcess Current() => new(Environment.MachineName, Boot(), Environment.ProcessId, StartOf(Environment.ProcessId));

    /// <summary>What is known of a holder without a cluster.</summary>
    public static HolderState StateOf(HolderProcess holder) => IsGone(holder) ? HolderState.Gone : HolderState.MayLive;

    public static bool IsGone(HolderProcess holder)
    {
        if (holder.Boot is null || holder.ProcessStart is null || holder.Boot != Boot()) return false;
        if (!string.Equals(holder.Host, Environment.MachineName, StringComparison.OrdinalIgnoreCase)) return false;
        if (StartOf(holder.ProcessId) is { } start) return start != holder.ProcessStart;
        return !IsThere(holder.ProcessId);
    }

    /// <summary>The kernel's id of this boot, with the spaces that process numbers and times belong to.</summary>
    private static string? Boot()
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            return $"{boot} {new FileInfo("/proc/self/ns/pid").LinkTarget} {new FileInfo("/proc/self/ns/time").LinkTarget}";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Without the start time there is no proof.
            return null;
        }
    }

    /// <summary>Clock ticks from boot to the process's start; <c>gone</c> for one that has
    /// ended and is only still listed; null when it cannot be read.</summary>
    private static string? StartOf(int processId)
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            // The second field is the program's name in brackets and may hold anything; state is the 3rd field, start time the 22nd.
            string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length <= 19 ? null : fields[0] is "Z" or "X" ? "gone" : fields[19];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Not there, or not shown to us: asked in another way.
            return null;
        }
    }

    private static bool IsThere(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
