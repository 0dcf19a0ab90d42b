using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>The real executable as a process of its own.</summary>
internal sealed partial class ProvisionProcess : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ProvisionProcess(Process process, bool readOutput)
    {
        _process = process;
        _output = readOutput ? process.StandardOutput.ReadToEndAsync() : Task.FromResult(string.Empty);
        _error = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    // A shell without job control starts what runs in the background with SIGINT ignored, and every child inherits that.
    private static bool IsInterruptIgnored { get; } = OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (ulong.Parse(ignored.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (Interrupt - 1))) != 0;

    /// <summary>Only where the process was started without reading its output.</summary>
    public StreamReader Output => _process.StandardOutput;

    public static ProvisionProcess Start(string folder, string[] arguments, bool readOutput = true,
        string? input = null, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(IsInterruptIgnored ? "env" : "dotnet")
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
        };
        if (IsInterruptIgnored)
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "provision.dll"));
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        if (input is not null) process.StandardInput.Write(input);
        process.StandardInput.Close();
        return new ProvisionProcess(process, readOutput);
    }

    public static async Task<Answer> RunAsync(string folder, params string[] arguments)
    {
        using ProvisionProcess process = Start(folder, arguments);
        return await process.EndAsync();
    }

    public async Task<Answer> EndAsync()
    {
        await _process.WaitForExitAsync();
        return new Answer(_process.ExitCode, await _output, await _error).WithoutStackTrace();
    }

    public void SendInterrupt() => Send(Interrupt);

    public void SendTerminate() => Send(Terminate);

    public void SendKill() => Send(Kill);

    /// <summary>Pauses the process where it stands.</summary>
    public void SendStop() => Send(OperatingSystem.IsMacOS() ? 17 : 19);

    public void SendContinue() => Send(OperatingSystem.IsMacOS() ? 19 : 18);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private void Send(int signal)
    {
        if (Signal(_process.Id, signal) != 0) throw new InvalidOperationException($"Signal {signal} was not sent.");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
