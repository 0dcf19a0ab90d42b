namespace ProvisioningConnector.Host.Cli;

/// <summary>
/// Sees to it that the process is gone a fixed time after the first signal, whatever it is doing then: a moment before, it ends it, and at last
/// kills it. It waits on a thread of its own, because what keeps a process from ending may also keep the thread pool and its timers busy.
/// </summary>
internal static class LastDeadline
{
    /// <summary>Ending the process may take so long, or a twentieth of the time where that is less.</summary>
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(0.25);

    /// <param name="within">How long after the signal the process has to be gone.</param>
    /// <param name="end">Ends the process; may hang.</param>
    /// <param name="kill">Kills it.</param>
    /// <param name="stop">The first signal.</param>
    public static void Arm(TimeSpan within, Action end, Action kill, CancellationToken stop)
    {
        WaitHandle signal = stop.WaitHandle;
        TimeSpan ending = within / 20 < LongestEnding ? within / 20 : LongestEnding;
        Start(() =>
        {
            signal.WaitOne();
            Thread.Sleep(within - ending);
            Start(() =>
            {
                Thread.Sleep(ending);
                kill();
            });
            end();
        });
    }

    // A background thread does not keep a process alive that ends by itself.
    private static void Start(ThreadStart work) => new Thread(work) { IsBackground = true, Name = "last deadline" }.Start();
}
