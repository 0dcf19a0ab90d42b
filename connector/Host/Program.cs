using System.Diagnostics;
using System.Runtime.InteropServices;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Commands;

namespace ProvisioningConnector.Host;

/// <summary>The executable <c>provision</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        await using StopRequests requests = new(TimeProvider.System);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Signalled);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Signalled);
        CommandHost host = new(Terminal.OfProcess(), TimeProvider.System)
        {
            Requests = requests,
            GoneWithin = within => LastDeadline.Arm(within, static () => Environment.Exit(ExitCodes.Interrupted), Kill, requests.Stop),
        };
        return await host.RunAsync(arguments, requests.Stop, requests.AtOnce);

        static void Kill()
        {
            using Process self = Process.GetCurrentProcess();
            self.Kill();
        }

        // The process may end at once at any moment: every intent is already on disk.
        void Signalled(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (requests.Receive()) Environment.Exit(ExitCodes.Interrupted);
        }
    }
}
