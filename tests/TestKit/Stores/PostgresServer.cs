using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>
/// A PostgreSQL server of its own for tests: the distribution's programs, a fresh data directory, a free port on loopback,
/// no flush of the disk. PostgreSQL refuses to run as root; then the account <c>postgres</c>, or the one without rights, runs it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>What to show when there is none.</summary>
    public const string HowToInstall = "PostgreSQL is not installed, so nothing of the store in PostgreSQL was tested. Install it (Debian: apt-get install "
        + "postgresql) or put initdb and pg_ctl on PATH.";

    private const string Account = "provision";
    private readonly string _programs;
    private readonly string _directory;

    private PostgresServer(string programs, string directory, int port)
    {
        (_programs, _directory) = (programs, directory);
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username={Account};Database=postgres");
    }

    /// <summary>Of its database; add <c>;Search Path=…</c> for a schema of one's own.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a server; null when PostgreSQL is not installed, so that the test is skipped.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, and REQUIRE_POSTGRES=1 says that no test may be skipped for that.</exception>
    public static async Task<PostgresServer?> TryStartAsync()
    {
        if (OperatingSystem.IsWindows() || Programs() is not { } programs)
        {
            return Environment.GetEnvironmentVariable("REQUIRE_POSTGRES") == "1" ? throw new InvalidOperationException(HowToInstall) : null;
        }

        string place = Environment.IsPrivilegedProcess ? "/tmp" : Path.GetTempPath();
        string directory = Path.Combine(place, $"provision-pg-{Guid.NewGuid():N}");
        PostgresServer server = new(programs, directory, FreePort());
        await server.RunAsync("initdb", "-D", directory, "-A", "trust", "-U", Account, "-E", "UTF8", "--locale=C", "--no-sync");
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, also again after <see cref="StopAsync"/>.</summary>
    public Task StartAsync()
    {
        string port = ConnectionString.Split("Port=")[1].Split(';')[0];
        return RunAsync("pg_ctl", "-D", _directory, "-w", "-s", "-l", Path.Combine(_directory, "log"), "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_directory} -c fsync=off -c full_page_writes=off", "start");
    }

    /// <summary>Stops it as a crash would.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "-D", _directory, "-w", "-s", "-m", "immediate", "stop");

    /// <summary>Every file that the server has written, once everything is on the disk.</summary>
    public IEnumerable<string> Files() => Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string? Programs()
    {
        IEnumerable<string> distribution = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(static version => version, StringComparer.Ordinal)
            .Select(static version => Path.Combine(version, "bin"))
            : [];
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return distribution.Concat(path)
            .FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new() { RedirectStandardError = true, WorkingDirectory = "/" };
        if (Environment.IsPrivilegedProcess)
        {
            start.FileName = "setpriv";
            string account = File.ReadLines("/etc/passwd").Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
            foreach (string word in (string[])["--reuid", account, "--clear-groups", "--", Path.Combine(_programs, program)]) start.ArgumentList.Add(word);
        }
        else
        {
            start.FileName = Path.Combine(_programs, program);
        }

        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.RedirectStandardOutput = program != "pg_ctl";
        start.RedirectStandardError = start.RedirectStandardOutput;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");

        // What pg_ctl starts would keep its pipes open, so only initdb has some.
        Task<string> output = start.RedirectStandardOutput ? process.StandardOutput.ReadToEndAsync() : Task.FromResult("");
        Task<string> errors = start.RedirectStandardError ? process.StandardError.ReadToEndAsync() : Task.FromResult("see its log");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors} {await output}");
    }
}
