using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>Reports the state of the service to systemd (sd_notify): one datagram to the socket that the environment names.</summary>
internal sealed class ServiceNotice(string? socket, string? watchdogMicroseconds)
{
    public const string Ready = "READY=1";
    public const string Stopping = "STOPPING=1";
    public const string Watchdog = "WATCHDOG=1";

    public static ServiceNotice OfEnvironment() =>
        new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), Environment.GetEnvironmentVariable("WATCHDOG_USEC"));

    /// <summary>How often the watchdog wants a sign of life: half of its patience; null: there is none.</summary>
    public TimeSpan? Beat => socket is not null && long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long patience)
        && patience > 0
        ? TimeSpan.FromMicroseconds(patience) / 2
        : null;

    /// <returns>What went wrong; null when nothing did or no one listens.</returns>
    public string? Send(string state)
    {
        if (string.IsNullOrEmpty(socket)) return null;
        try
        {
            // "@" begins the name of an abstract socket, whose first byte is zero.
            string path = socket[0] == '@' ? $"\0{socket[1..]}" : socket;
            using Socket sender = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            sender.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path));
            return null;
        }
        catch (Exception wrong) when (wrong is SocketException or ArgumentException or PlatformNotSupportedException)
        {
            return $"systemd could not be notified '{state}': {wrong.Message}";
        }
    }

    /// <summary>Signs of life until cancelled.</summary>
    public async Task BeatAsync(TimeProvider time, CancellationToken cancellation)
    {
        if (Beat is not { } beat) return;
        using PeriodicTimer timer = new(beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation)) Send(Watchdog);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Its end.
        }
    }
}
