using System.Runtime.InteropServices;
using ProvisioningConnector.Host.Cli;

namespace ProvisioningConnector.Host;

/// <summary>The executable <c>provision</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using CancellationTokenSource stop = new();
        using CancellationTokenSource cancellation = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Signalled);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Signalled);
        return await new CommandHost(Terminal.OfProcess(), TimeProvider.System).RunAsync(arguments, stop.Token, cancellation.Token);

        // First signal: finish what is in flight. Second: exit now; every intent is already on disk.
        void Signalled(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (!stop.IsCancellationRequested) stop.Cancel();
            else
            {
                cancellation.Cancel();
                Environment.Exit(ExitCodes.Interrupted);
            }
        }
    }
}
