using System.Text;
using System.Text.Json.Nodes;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Commands;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>A folder of its own with a configuration, where commands run as a person would run them, in this process with captured streams.</summary>
internal sealed class Shell : IDisposable
{
    public Shell(TimeProvider? time = null)
    {
        Time = time ?? new ScenarioTime();
        Folder = Directory.CreateTempSubdirectory("provision-scenario-").FullName;
    }

    public string Folder { get; }

    public TimeProvider Time { get; }

    /// <summary>Who runs the commands; null for the operating system's user.</summary>
    public string? Actor { get; set; }

    /// <summary>What a person at the terminal types; null without a terminal.</summary>
    public string? Typed { get; set; }

    /// <summary>Standard input without a terminal.</summary>
    public byte[] Piped { get; set; } = [];

    /// <summary>Whether commands run in a process of their own, with the real executable and the real clock.</summary>
    public bool UsesExecutable { get; set; }

    public string ConfigFile => At("settings.json");

    public string At(string name) => Path.Combine(Folder, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(At(name), content);
        return At(name);
    }

    /// <summary>A configuration as a stranger writes it: a Graph endpoint on a loopback address and a static token.</summary>
    public void Configure(string endpoint, string tenantId, JsonObject? tenantSettings = null)
    {
        JsonObject tenant = new()
        {
            ["Kind"] = "Graph", ["TenantId"] = tenantId, ["Endpoint"] = endpoint,
            ["Credential"] = new JsonObject { ["Kind"] = "StaticToken", ["Token"] = "rehearsal" },
        };
        foreach ((string key, JsonNode? value) in tenantSettings ?? []) tenant[key] = value?.DeepClone();
        Configure(new JsonObject { ["DefaultTenant"] = "contoso", ["Tenants"] = new JsonObject { ["contoso"] = tenant } });
    }

    public void Configure(JsonObject settings)
    {
        if (!settings.ContainsKey("Store")) settings["Store"] = new JsonObject { ["ConnectionString"] = "Data Source=store.db" };
        File.WriteAllText(ConfigFile, settings.ToJsonString());
    }

    /// <summary>Runs <c>provision</c>; a word that begins with <c>@</c> is a file of this folder.</summary>
    public Task<Answer> RunAsync(params string[] words) => RunAsync(CancellationToken.None, words);

    public async Task<Answer> RunAsync(CancellationToken stop, params string[] words)
    {
        string[] arguments = [.. words.Select(w => w.StartsWith('@') ? At(w[1..]) : w)];
        if (File.Exists(ConfigFile) && !arguments.Contains("--config")) arguments = [.. arguments, "--config", ConfigFile];
        return await RunExactAsync(arguments, stop);
    }

    /// <summary>Runs <c>provision</c> with these words and nothing else.</summary>
    public async Task<Answer> RunExactAsync(string[] arguments, CancellationToken stop = default)
    {
        if (UsesExecutable) return await ProvisionProcess.RunAsync(Folder, arguments);
        using MemoryStream output = new();
        StringBuilder error = new();
        await using StringWriter reported = new(error);
        Terminal terminal = new(
            output, TextWriter.Synchronized(reported), () => new MemoryStream(Typed is null ? Piped : Encoding.UTF8.GetBytes(Typed + "\n")),
            OutputIsTerminal: false, ErrorIsTerminal: false, InputIsTerminal: Typed is not null);
        int exit = await new CommandHost(terminal, Time, Actor).RunAsync(arguments, stop, CancellationToken.None);
        return new Answer(exit, Encoding.UTF8.GetString(output.ToArray()), error.ToString()).WithoutStackTrace();
    }

    /// <summary>Everything that lies in the folder except what is meant to hold full values.</summary>
    public IEnumerable<(string Name, string Content)> Reports() =>
        Directory.EnumerateFiles(Folder, "report*").Concat(Directory.EnumerateFiles(Folder, "*.log")).Select(f => (Path.GetFileName(f), File.ReadAllText(f)));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
