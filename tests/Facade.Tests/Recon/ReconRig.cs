using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Commands;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;

namespace ProvisioningConnector.Facade.Tests.Recon;

/// <summary>A facade over two sandbox tenants with mappings of CSV files, and the command line on the same store.</summary>
internal sealed class ReconRig : IAsyncDisposable
{
    /// <summary>More than are begun at once, so that a run that is cancelled leaves some.</summary>
    public const int Users = 300;
    public const string SlowWrites = """ "Quota": { "WritesPerSecond": 20, "WriteBurst": 1, "Start": 1 }, """;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("provision-recon-");
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly StringWriter _log = new();
    private SandboxServer? _one;
    private SandboxServer? _two;
    private RigServices? _services;
    private FacadeServer? _server;
    private ILoggerFactory? _logs;
    private KeyText? _key;
    private int _keys;

    public RigServices Services => _services!;

    public SandboxServer Tenant => _one!;

    public string Log => _log.ToString();

    public static async Task<ReconRig> StartAsync(string tenant = "", string facade = "", string mapping = "")
    {
        ReconRig rig = new();
        SandboxSeed seed = new()
        {
            Users = [.. Enumerable.Range(0, Users).Select(i => new SeedUser { UserPrincipalName = Upn(i), Id = new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 9]) })],
        };
        rig._one = await SandboxServer.StartAsync(new SandboxOptions { Seed = seed }, default);
        rig._two = await SandboxServer.StartAsync(new SandboxOptions { Seed = seed with { TenantId = Guid.NewGuid() } }, default);
        rig.Configure("settings.json", tenant, facade, mapping);
        rig.Configure("plain.json", "", "", "");
        rig.People(5);
        await rig.OpenAsync();
        return rig;
    }

    public static string Upn(int i) => $"user{i:00}@contoso.com";

    /// <summary>The source: the first users, each with a mobile number.</summary>
    public void People(int users, string more = "") =>
        Write("people.csv", $"user,mobile,email\n{string.Concat(Enumerable.Range(0, users).Select(i => $"{Upn(i)},+1 {2065550100 + i},\n"))}{more}");

    public void Write(string name, string content) => File.WriteAllText(At(name), content);

    public string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes that the tenant took.</summary>
    public long Writes => Tenant.Journal.AppliedWriteCount;

    public async Task OpenAsync()
    {
        ConnectorSettings settings = SettingsFile.Read(At("settings.json"));
        ILoggerProvider lines = LogProviders.OfService(new LoggingSettings(LogForm.Json, null), TextWriter.Synchronized(_log), verbose: false);
        _logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines));
        FacadeStart start = new(settings, await SharedStore.OpenAsync(settings, TimeProvider.System, default),
            Listener.ReadAll(["http://127.0.0.1:0"], settings.Facade))
        { Logs = _logs };
        _server = await FacadeServer.StartAsync(start, default);
        _services = new RigServices(start, _server);
        _key ??= await KeyAsync("one", [.. Rights.All]);
    }

    /// <summary>The signal to stop, until everything has ended.</summary>
    public async Task CloseAsync()
    {
        if (_server is null) return;
        await _server.StopAsync();
        await _server.DisposeAsync();
        await Services.Shared.DisposeAsync();
        _logs?.Dispose();
        _server = null;
    }

    public async Task<KeyText> KeyAsync(string tenant, params Right[] rights)
    {
        KeyText text = KeyText.New();
        DateTimeOffset now = Services.Time.GetUtcNow();
        ApiKey key = new()
        {
            Id = text.Id, Name = $"ping{++_keys}", Digest = KeyText.Digest(text.Secret), CreatedAt = now, CreatedBy = "test",
            Grants = ImmutableSortedDictionary<string, ImmutableArray<Right>>.Empty.Add(tenant, [.. rights]),
        };
        Assert.That(await Services.Shared.Store.ApiKeys.AddAsync(key, now, default), Is.True);
        return text;
    }

    public Task<Reply> GetAsync(string path, KeyText? key = null) => SendAsync("GET", path, null, key);

    public Task<Reply> PostAsync(string path, string? body = null, KeyText? key = null) => SendAsync("POST", path, body, key);

    public async Task<Reply> SendAsync(string method, string path, string? body = null, KeyText? key = null, string? dryRunBy = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(new Uri(_server!.Addresses[0]), "/openidm/" + path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {(key ?? _key!).Reveal()}");
        if (dryRunBy is not null) request.Headers.TryAddWithoutValidation(dryRunBy, "true");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _client.SendAsync(request);
        Reply reply = new((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        HttpWords.Check("/openidm/" + path, reply.Body);
        return reply;
    }

    /// <summary>Starts one and waits for its end.</summary>
    public Task<Reply> RunAsync(string more = "", KeyText? key = null) =>
        PostAsync($"recon?_action=recon&mapping=hrToEntra&waitForCompletion=true{more}", null, key);

    /// <summary>Asks for the status until it is as wanted.</summary>
    public async Task<Reply> UntilAsync(string id, Func<JsonElement, bool> wanted)
    {
        for (int i = 0; i < 1000; i++)
        {
            Reply status = await GetAsync($"recon/{id}");
            if (wanted(status.Json)) return status;
            await Task.Delay(20);
        }

        throw new TimeoutException("The reconciliation never came so far.");
    }

    /// <summary><c>provision</c> with a configuration of the same store and tenants.</summary>
    public async Task<(int Exit, string Output)> CommandAsync(params string[] words)
    {
        using MemoryStream output = new();
        await using StringWriter error = new();
        Terminal terminal = new(output, TextWriter.Synchronized(error), static () => Stream.Null, false, false, false);
        int exit = await new CommandHost(terminal, TimeProvider.System).RunAsync([.. words, "--config", At("plain.json"), "--tenant", "one"], default, default);
        return (exit, Encoding.UTF8.GetString(output.ToArray()) + error);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _client.Dispose();
        if (_one is not null) await _one.DisposeAsync();
        if (_two is not null) await _two.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void Configure(string name, string tenant, string facade, string mapping)
    {
        string Graph(SandboxServer server, string more) => $$"""
            { {{more}} "Kind": "Graph", "TenantId": "{{server.Tenant.TenantId}}", "Endpoint": "{{server.Address.GetLeftPart(UriPartial.Authority)}}",
              "Credential": { "Kind": "StaticToken", "Token": "rehearsal" } }
            """;
        Write(name, $$"""
            { "DefaultTenant": "one", "Tenants": { "one": {{Graph(_one!, tenant)}}, "two": {{Graph(_two!, "")}} },
              "Sources": { "hr": { "Kind": "File", "Path": "people.csv" } },
              "Store": { "ConnectionString": "Data Source=store.db" },
              "Facade": { {{facade}} "Mappings": { "hrToEntra": { {{mapping}} "Source": "hr", "Tenant": "one" },
                "hrToTwo": { "Source": "hr", "Tenant": "two" } } } }
            """);
    }
}

internal sealed record Reply(int Status, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Text(string name) => Json.GetProperty(name).ToString();
}
