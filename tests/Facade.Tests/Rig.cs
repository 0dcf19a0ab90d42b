using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Telemetry;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>The facade on a free loopback port, with a store of its own and everything that it logs.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly StringWriter _log;
    private readonly TextWriter _writer;
    private readonly ILoggerFactory _logs;
    private bool _stopped;

    private Rig(DirectoryInfo folder, (StringWriter Log, TextWriter Writer) log, ILoggerFactory logs, RigServices services) =>
        (_folder, _log, _writer, _logs, Services, Server, Client) = (folder, log.Log, log.Writer, logs, services, services.Server,
            new HttpClient(new SocketsHttpHandler
            {
                UseProxy = false, UseCookies = false,
                AllowAutoRedirect = false
            })
            { BaseAddress = new Uri(services.Server.Addresses[0]) });

    public RigServices Services { get; }

    public FacadeServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>What was logged so far. A synchronized writer locks itself while it writes.</summary>
    public string Log
    {
        get
        {
            lock (_writer) return _log.ToString();
        }
    }

    public static async Task<Rig> StartAsync(string facade = "", TimeProvider? time = null, Action<IEndpointRouteBuilder>? map = null, string? tenants = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("provision-facade-");
        string file = Path.Combine(folder.FullName, "settings.json");
        await File.WriteAllTextAsync(file, $$"""
            { "DefaultTenant": "one", "Tenants": { {{tenants ?? """ "one": { "Kind": "Sandbox" }, "two": { "Kind": "Sandbox" } """}} },
              "Store": { "ConnectionString": "Data Source=store.db" },
              "Facade": { {{facade.Replace("FOLDER", folder.FullName, StringComparison.Ordinal)}} } }
            """);
        ConnectorSettings settings = SettingsFile.Read(file);
        settings = settings with
        {
            Tenants = settings.Tenants.ToImmutableDictionary(t => t.Key,
            t => t.Value with { State = Path.Combine(folder.FullName, t.Key) }, StringComparer.OrdinalIgnoreCase)
        };
        StringWriter log = new();
        TextWriter writer = TextWriter.Synchronized(log);
        ILoggerProvider lines = LogProviders.OfService(new LoggingSettings(LogForm.Json, null), writer, verbose: true);
        ILoggerFactory logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines)
            .AddTelemetry(TelemetryTargets.Find(settings.Facade.Telemetry), settings.Logging, verbose: true));
        TimeProvider clock = time ?? TimeProvider.System;
        FacadeStart start = new(settings, await SharedStore.OpenAsync(settings, clock, default), Listener.ReadAll(["http://127.0.0.1:0"], settings.Facade))
        {
            Time = clock, Logs = logs, More = map ?? (static _ => { }),
        };
        return new Rig(folder, (log, writer), logs, new RigServices(start, await FacadeServer.StartAsync(start, default)));
    }

    /// <summary>Makes a key and gives its text.</summary>
    public async Task<KeyText> KeyAsync(string name = "ping", string tenant = "one", Func<ApiKey, ApiKey>? with = null, params Right[] rights)
    {
        KeyText text = KeyText.New();
        DateTimeOffset now = Services.Time.GetUtcNow();
        ApiKey key = new()
        {
            Id = text.Id, Name = name, Digest = KeyText.Digest(text.Secret), CreatedAt = now, CreatedBy = "test",
            Grants = ImmutableSortedDictionary<string, ImmutableArray<Right>>.Empty.Add(tenant, rights.Length == 0 ? [Right.Read] : [.. rights]),
        };
        Assert.That(await Services.Shared.Store.ApiKeys.AddAsync(with is null ? key : with(key), now, default), Is.True);
        return text;
    }

    public async Task<Answer> SendAsync(string path = "/openidm/info/ping", string method = "GET",
        HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = content };
        foreach ((string name, string value) in headers) Assert.That(request.Headers.TryAddWithoutValidation(name, value), Is.True, name);
        using HttpResponseMessage response = await Client.SendAsync(request);
        Dictionary<string, string> back = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
        Answer answer = new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), back);
        if (response.Content.Headers.ContentType?.MediaType != "text/html") HttpWords.Check(path, answer.Body);
        return answer;
    }

    public Task<Answer> AskAsync(KeyText key, string path = "/openidm/info/ping", params (string Name, string Value)[] headers) =>
        SendAsync(path, "GET", null, [Bearer(key), .. headers]);

    public static (string Name, string Value) Bearer(KeyText key) => ("Authorization", $"Bearer {key.Reveal()}");

    public static (string Name, string Value) Basic(string name, string word) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{word}"))}");

    /// <summary>Everything on disk but the key file, as bytes read as Latin-1.</summary>
    public async Task<string> DiskAsync()
    {
        StringBuilder all = new();
        foreach (string file in Directory.EnumerateFiles(_folder.FullName, "store.db*").Where(f => !f.EndsWith(".key", StringComparison.Ordinal)))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(stream, Encoding.Latin1);
            all.Append(await reader.ReadToEndAsync());
        }

        return all.ToString();
    }

    public async Task StopAsync()
    {
        if (_stopped) return;
        _stopped = true;
        await Server.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        await Server.DisposeAsync();
        await Services.Shared.DisposeAsync();
        _logs.Dispose();
        _folder.Delete(recursive: true);
    }
}

internal sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers);
