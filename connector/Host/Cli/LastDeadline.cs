namespace ProvisioningConnector.Host.Cli;

/// <summary>
/// Ends the process a fixed time after the first signal, whatever it is doing then. It waits on a thread of its own, because what keeps a process from
/// ending may also keep the thread pool and its timers busy.
/// </summary>
internal static class LastDeadline
{
    /// <summary>When ending has not worked for so long, the process is killed.</summary>
    private static readonly TimeSpan KilledAfter = TimeSpan.FromSeconds(0.5);

    /// <param name="within">How long after the signal the process has to be gone.</param>
    /// <param name="end">Ends the process; may hang.</param>
    /// <param name="kill">Kills it.</param>
    /// <param name="stop">The first signal.</param>
    public static void Arm(TimeSpan within, Action end, Action kill, CancellationToken stop)
    {
        WaitHandle signal = stop.WaitHandle;
        Start(() =>
        {
            signal.WaitOne();
            Thread.Sleep(within);
            Start(() =>
            {
                Thread.Sleep(KilledAfter);
                kill();
            });
            end();
        });
    }

    // A background thread does not keep a process alive that ends by itself.
    private static void Start(ThreadStart work) => new Thread(work) { IsBackground = true, Name = "last deadline" }.Start();
}
