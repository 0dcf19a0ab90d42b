using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Scenarios.Tests.Fixtures;

/// <summary>A copy of a store that an earlier version made, its tenant as that version left it, and a clock that begins where it ended.</summary>
internal sealed class KeptStore : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Stage _stage;
    private readonly JsonObject _made;

    private KeptStore(string folder, Stage stage, JsonObject made) => (_folder, _stage, _made) = (folder, stage, made);

    public SandboxServer Sandbox => _stage.Sandbox;

    /// <param name="kind">Folder of the fixture: <c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="server">Where the latter is restored, into a database of its own.</param>
    public static async Task<KeptStore> OpenAsync(string kind, PostgresServer? server)
    {
        string all = Path.Combine(AppContext.BaseDirectory, "Fixtures"), folder = Path.Combine(all, kind);
        JsonObject made = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "made.json")))?.AsObject() ?? throw new InvalidDataException(folder);
        // A minute later: the lease of the run that was killed has ended, and nothing else has.
        DateTimeOffset at = DateTimeOffset.Parse(Text(made, "at"), CultureInfo.InvariantCulture).AddMinutes(1);
        // Everything the fixtures were made with but the address of the tenant, and the store.
        JsonObject tenant = new()
        {
            ["RequireApproval"] = "Deletes", ["RequestTimeout"] = "00:00:10", ["LeaseDuration"] = "00:00:30",
            ["Quota"] = new JsonObject { ["MaxInFlight"] = 2 }, ["Guardrails"] = new JsonObject { ["MaxUpdates"] = "none" },
        };
        SandboxSeed seed = SeedReader.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "tenant.json")));
        Stage stage = await Stage.OpenAsync(seed, tenant, new ScenarioTime(beginning: at));
        KeptStore kept = new(folder, stage, made);
        foreach (string file in Directory.EnumerateFiles(folder).Concat(Directory.EnumerateFiles(Path.Combine(all, "sources")))) kept.Copy(file, at);
        JsonObject store = server is null
            ? new JsonObject { ["ConnectionString"] = "Data Source=store.db" }
            : new JsonObject
            {
                ["Provider"] = "PostgreSql", ["ConnectionString"] = await RestoreAsync(server, Path.Combine(folder, "store.sql")), ["KeyFile"] = "store.key",
            };
        stage.Set(settings => (settings["Store"], settings["Audit"]) = (store, new JsonObject { ["HeadFile"] = "heads.ndjson" }));
        return kept;
    }

    /// <summary>Id of a run of the fixture.</summary>
    public string Run(string name) => Text(_made["runs"]?.AsObject() ?? [], name);

    public string At(string file) => _stage.Shell.At(file);

    /// <summary>What a user of the tenant has.</summary>
    public string MethodsOf(string user) => Lines.Format(Sandbox.Tenant.User($"{user}@contoso.com"));

    /// <summary>Runs a command as the planner of the fixture's plans, or as the one who approved them.</summary>
    public async Task<Answer> RunAsync(string person, params string[] words)
    {
        _stage.Shell.Actor = Text(_made, person);
        return await _stage.RunAsync(words);
    }

    /// <summary>
    /// Runs a command as the planner and compares its document with the kept one. Where it belongs to a new run, what differs from run to run is
    /// left out.
    /// </summary>
    public async Task CompareAsync(string kept, bool newRun, int exit, params string[] words)
    {
        Answer answer = await RunAsync("planner", [.. words, "--format", "json"]);
        Assert.That(answer.Exit, Is.EqualTo(exit), $"{kept}: {answer}");
        // Only here a path is reported: in the fixture it is a name.
        string found = answer.Document.GetRawText().Replace($"{_stage.Shell.Folder}{Path.DirectorySeparatorChar}", "", StringComparison.Ordinal);
        Compare(kept, await File.ReadAllTextAsync(Path.Combine(_folder, kept)), found, newRun);
    }

    /// <summary>Compares lines of JSON with those of a kept file; more of them are no difference.</summary>
    public async Task CompareLinesAsync(string kept, string found)
    {
        string[] before = await File.ReadAllLinesAsync(Path.Combine(_folder, kept)), now = await File.ReadAllLinesAsync(At(found));
        Assert.That(now, Has.Length.GreaterThanOrEqualTo(before.Length), kept);
        for (int at = 0; at < before.Length; at++) Compare(string.Create(CultureInfo.InvariantCulture, $"{kept}:{at + 1}"), before[at], now[at], newRun: false);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private static void Compare(string kept, string before, string now, bool newRun)
    {
        (JsonNode? left, JsonNode? right) = (JsonNode.Parse(before), JsonNode.Parse(now));
        if (newRun) (left, right) = (KeptDocument.OfAnyRun(left), KeptDocument.OfAnyRun(right));
        Assert.That(KeptDocument.Differences(left, right), Is.Empty, $"{kept} is not what it was. Where that is meant, change the value in the fixture.");
    }

    private static string Text(JsonObject from, string property) => from[property]?.GetValue<string>() ?? throw new InvalidDataException(property);

    private static async Task<string> RestoreAsync(PostgresServer server, string dump)
    {
        string database = $"kept{Guid.NewGuid():N}";
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {database}");
        string restored = server.ConnectionString.Replace("Database=postgres", $"Database={database}", StringComparison.Ordinal);
        // Pooled connections would keep the dump's settings.
        await ExecuteAsync($"{restored};Pooling=false", await File.ReadAllTextAsync(dump));
        return restored;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using NpgsqlConnection connection = new(connectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A file as its owner keeps it, from before the clock began.</summary>
    private void Copy(string file, DateTimeOffset at)
    {
        string copy = At(Path.GetFileName(file));
        File.Copy(file, copy);
        File.SetLastWriteTimeUtc(copy, at.UtcDateTime.AddMinutes(-10));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
