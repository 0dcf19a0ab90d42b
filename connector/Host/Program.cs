using System.Runtime.InteropServices;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Commands;

namespace ProvisioningConnector.Host;

/// <summary>The executable <c>provision</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using StopRequests requests = new(TimeProvider.System);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Signalled);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Signalled);
        return await new CommandHost(Terminal.OfProcess(), TimeProvider.System) { Requests = requests }.RunAsync(arguments, requests.Stop, requests.AtOnce);

        // The process may end at once at any moment: every intent is already on disk.
        void Signalled(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (requests.Receive()) Environment.Exit(ExitCodes.Interrupted);
        }
    }
}
