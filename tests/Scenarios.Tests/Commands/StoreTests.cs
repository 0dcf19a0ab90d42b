using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>Commands on the store itself.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StoreTests
{
    [Test]
    public async Task A_run_reads_the_same_after_a_new_key_and_its_files_report_nothing_of_people()
    {
        await using Stage stage = await Crew.StageAsync(5);
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        string run = apply.Text("runId");
        Answer before = await stage.RunAsync("show", run, "--reveal", "--format", "json");
        string key = File.ReadAllText(stage.Shell.At("store.db.key"));

        Answer rekey = await stage.RunAsync("store", "rekey", "--yes", "--format", "json");

        Assert.That((rekey.Exit, rekey.Text("kind")), Is.EqualTo((0, "rekeyed")), $"{rekey}");
        Assert.That(rekey.Document.GetProperty("values").GetInt64(), Is.GreaterThan(5));
        Assert.That(File.ReadAllText(stage.Shell.At("store.db.key")), Is.Not.EqualTo(key));
        Assert.That((await stage.RunAsync("show", run, "--reveal", "--format", "json")).Output, Is.EqualTo(before.Output));
        foreach (string file in Directory.GetFiles(stage.Shell.Folder, "store.db*").Where(f => !f.Contains(".key", StringComparison.Ordinal)))
        {
            string content = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file));
            Assert.That(content, Does.Not.Contain("20655502").And.Not.Contain(Crew.Name(1).Split('@')[0] + "@"), file);
        }
    }

    [Test]
    public async Task Pruned_runs_are_gone_and_the_newest_finished_one_keeps_its_counts()
    {
        await using Stage stage = await Crew.StageAsync(4);
        Answer first = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        Answer second = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Answer kept = await stage.RunAsync("runs", "prune", "--yes", "--format", "json");
        Answer pruned = await stage.RunAsync("runs", "prune", "--older-than", "00:00:00", "--yes", "--format", "json");

        Assert.That((kept.Exit, kept.Document.GetProperty("runs").GetInt64()), Is.EqualTo((0, 0L)), $"{kept}");
        Assert.That((pruned.Exit, pruned.Document.GetProperty("users").GetInt64()), Is.EqualTo((0, 4L)), $"{pruned}");
        Answer runs = await stage.RunAsync("runs", "--format", "json");
        Assert.That(runs.Document.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("runId").GetString()),
            Is.EqualTo(new[] { second.Text("runId") }));
        Assert.That((await stage.RunAsync("show", first.Text("runId"), "--format", "json")).Text("kind"), Is.EqualTo("error"));
    }

    [TestCase("runs", "prune", "--older-than", "90")]
    [TestCase("runs", "prune", "--older-than", "soon")]
    [TestCase("runs", "prune", "--tenant", "contoso")]
    public async Task What_is_not_meant_so_forgets_nothing(params string[] words)
    {
        await using Stage stage = await Crew.StageAsync(1);
        await stage.RunAsync("apply", "@people.csv", "--yes");

        Assert.That((await stage.RunAsync(words)).Exit, Is.EqualTo(1));

        Assert.That((await stage.RunAsync("runs", "--format", "json")).Document.GetProperty("runs").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_apply_to_a_real_tenant_with_a_store_that_does_not_know_it_stops_before_anything_is_asked()
    {
        using Shell shell = new();
        shell.Write("secret.txt", "x");
        shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550100\n");
        shell.Configure("https://graph.invalid", "7b1a0000-0000-4000-8000-000000000001", new JsonObject
        {
            ["ClientId"] = "c", ["Credential"] = new JsonObject { ["Kind"] = "ClientSecret", ["SecretFile"] = "secret.txt" },
        });

        Answer apply = await shell.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That((apply.Exit, apply.Text("code")), Is.EqualTo((1, "newStore")), $"{apply}");
        Assert.That(apply.Text("advice"), Does.Contain("--new-store"));
        Assert.That((await shell.RunAsync("runs", "--format", "json")).Document.GetProperty("runs").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_run_is_kept_in_PostgreSQL_as_in_SQLite()
    {
        await using PostgresServer server = await PostgresServer.TryStartAsync() ?? throw new IgnoreException(PostgresServer.HowToInstall);
        await using Stage stage = await Crew.StageAsync(6);
        JsonObject settings = JsonNode.Parse(File.ReadAllText(stage.Shell.ConfigFile))!.AsObject();
        settings["Store"] = new JsonObject { ["Provider"] = "PostgreSql", ["ConnectionString"] = server.ConnectionString, ["KeyFile"] = "keys/store.key" };
        stage.Shell.Configure(settings);

        Answer begun = await stage.RunAsync("apply", "@people.csv", "--yes", "--limit", "2", "--format", "json");
        Answer resumed = await stage.RunAsync("resume", begun.Text("runId"), "--yes", "--format", "json");

        Assert.That((begun.Exit, begun.Text("outcome")), Is.EqualTo((130, "interrupted")), $"{begun}");
        Assert.That((resumed.Exit, resumed.Text("outcome")), Is.EqualTo((0, "succeeded")), $"{resumed}");
        Assert.That(Directory.GetFiles(stage.Shell.Folder, "store.db*"), Is.Empty);
        Answer second = await stage.RunAsync("plan", "@people.csv", "--detailed-exitcode");
        Assert.That(second.Exit, Is.Zero, $"{second}");
        Assert.That((await stage.RunAsync("store", "rekey", "--yes")).Exit, Is.Zero);
        Assert.That((await stage.RunAsync("show", begun.Text("runId"), "--format", "json")).Text("outcome"), Is.EqualTo("succeeded"));
    }
}
