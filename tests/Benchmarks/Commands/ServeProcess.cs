using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary>The real program, serving a rehearsal's tenant as a process of its own.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private const string Account = "X-OpenIDM-Username: openidm-admin\r\nX-OpenIDM-Password: openidm-admin\r\n";
    private readonly Process _process;

    private ServeProcess(Process process, int port, int healthPort) => (_process, Port, HealthPort) = (process, port, healthPort);

    public int Port { get; }

    public int HealthPort { get; }

    /// <summary>Its resident set, megabytes.</summary>
    public double Megabytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    public TimeSpan Spent
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServeProcess> StartAsync(Rehearsal rehearsal)
    {
        (int port, int healthPort) = (FreePort(), FreePort());
        string settings = await File.ReadAllTextAsync(rehearsal.Configuration);
        await File.WriteAllTextAsync(rehearsal.Configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            {{settings.TrimEnd()[..^1]}}, "Facade": { "LoopbackAccounts": { "openidm-admin": "openidm-admin" }, "HealthUrl": "http://127.0.0.1:{{healthPort}}",
              "RateLimit": { "PerSecond": 1000000, "Burst": 1000000 } } }
            """));
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "provision.exe" : "provision"))
        {
            WorkingDirectory = rehearsal.Folder, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        foreach (string argument in (string[])["serve", "--config", rehearsal.Configuration, "--urls",
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")]) start.ArgumentList.Add(argument);
        Process process = Process.Start(start) ?? throw new InvalidOperationException("provision could not be started.");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return new ServeProcess(process, port, healthPort);
    }

    /// <summary>What a comparing client would send: each user's phones as they are read. Waits until the service answers.</summary>
    public async Task<byte[][]> PutsAsync(int users)
    {
        using HttpClient http = new()
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}")),
            Timeout = TimeSpan.FromSeconds(60)
        };
        http.DefaultRequestHeaders.Add("X-OpenIDM-Username", "openidm-admin");
        http.DefaultRequestHeaders.Add("X-OpenIDM-Password", "openidm-admin");
        for (int left = 600; ; left--)
        {
            try
            {
                using JsonDocument all = JsonDocument.Parse(
                    await http.GetStringAsync("/openidm/system/measured/user?_queryFilter=true&_fields=__phoneAuthenticationMethods__"));
                byte[][] puts = [.. all.RootElement.GetProperty("result").EnumerateArray()
                    .Select(u => RawClient.Request("PUT", $"/openidm/system/measured/user/{u.GetProperty("_id").GetString()}",
                        Account + "If-Match: *\r\n",
                        $$"""{"__phoneAuthenticationMethods__":{{u.GetProperty("__phoneAuthenticationMethods__").GetRawText()}}}"""))];
                return puts.Length == users ? puts : throw new InvalidOperationException($"{puts.Length} users instead of {users}.");
            }
            catch (HttpRequestException) when (left > 0)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
