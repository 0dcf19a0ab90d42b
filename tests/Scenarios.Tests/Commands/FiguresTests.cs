using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>What is reported of runs that go on, of runs whose process was killed, and of what is left of them.</summary>
[Platform(Exclude = "Win", Reason = "Signals.")]
[Parallelizable(ParallelScope.All)]
public sealed class FiguresTests
{
    private const int Users = 24;

    // Every user in the source loses the only method.
    private static readonly string AllRemoved = "user,mobile\n" + string.Concat(Enumerable.Range(0, Users).Select(i => $"{Crew.Name(i)},none\n"));

    [Test]
    public async Task A_live_run_is_live_and_a_killed_one_is_interrupted_and_every_figure_is_the_journals()
    {
        using Shell shell = new(TimeProvider.System);
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = Crew.Seed(Users) }, CancellationToken.None);
        sandbox.Faults = Crew.Stalling(4);
        shell.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString(), Settings());
        shell.Write("people.csv", AllRemoved);
        string run;
        using (ProvisionProcess process = ProvisionProcess.Start(shell.Folder,
            ["apply", "people.csv", "--yes", "--config", "settings.json", "--format", "json"]))
        {
            while (sandbox.Journal.AppliedWriteCount < 4 && !process.HasExited) await Task.Delay(2);
            Answer live = await shell.RunAsync("runs", "--format", "json");
            run = Lines.Text(Run(live), "runId") ?? "";
            Answer text = await shell.RunAsync("runs");
            Answer show = await shell.RunAsync("show", run);
            bool went = !process.HasExited;
            process.SendKill();
            await process.EndAsync();
            Assert.That(went, "it was still at work");
            Assert.That((Lines.Text(Run(live), "outcome"), Run(live).GetProperty("resumable").GetBoolean()), Is.EqualTo(("running", false)), $"{live}");
            Assert.That(text.Output, Does.Contain($" of {Users} users so far").And.Not.Contain("resume"));
            Assert.That(show.Output, Does.Contain("Running: ").And.Contain("is working on it; its lease").And.Not.Contain("resume"));
        }

        JsonElement killed = Run(await shell.RunAsync("runs", "--format", "json"));
        JsonElement document = (await shell.RunAsync("show", run, "--format", "json")).Document;
        JsonElement recovery = (await shell.RunAsync("recovery", run, "--format", "json")).Document;

        Assert.That((Lines.Text(killed, "outcome"), killed.GetProperty("resumable").GetBoolean()), Is.EqualTo(("interrupted", true)));
        Assert.That(Lines.Text(document, "outcome"), Is.EqualTo("interrupted"));
        Assert.That(document.GetProperty("diagnostics").EnumerateArray().Select(d => Lines.Text(d, "code")), Does.Contain("processGone"));
        (long done, long unknown, long skipped) = Counts(killed);
        Assert.That(Counts(document), Is.EqualTo((done, unknown, skipped)));
        Assert.That(done + unknown + skipped, Is.EqualTo(Users));
        Assert.That(Operations(killed), Is.EqualTo((done, unknown, skipped)), "one write for each user");
        Assert.That(Operations(document), Is.EqualTo((done, unknown, skipped)));
        Assert.That(Figure(document, "done"), Is.EqualTo(done));
        Assert.That(Figure(document, "unknown"), Is.EqualTo(unknown));
        long gone = Enumerable.Range(0, Users).Count(i => sandbox.Tenant.User(Crew.Name(i)).Mobile is null);
        long left = done + unknown;
        Assert.That((done, left), Is.EqualTo((Math.Min(done, gone), Math.Max(left, gone))),
            "what was done is done, and users without a method are among those named");
        Assert.That(recovery.GetProperty("withoutMethods").GetInt64(), Is.EqualTo(left));
        Assert.That(recovery.GetProperty("users").GetArrayLength(), Is.EqualTo(left));
        string sentence = string.Create(CultureInfo.InvariantCulture, $"{left} users are left without any usable method");
        Assert.That((await shell.RunAsync("show", run)).Output,
            Does.Contain($"Interrupted: {done} of {Users} users done. {sentence}").And.Contain($"provision resume {run}"));
        Assert.That((await shell.RunAsync("show", run, "--format", "markdown")).Output, Does.Contain(sentence));
        Assert.That((await shell.RunAsync("show", run, "--format", "html")).Output, Does.Contain(sentence).And.Contain($"\"left without a method\",{left}]"));
        Assert.That((await shell.RunAsync("recovery", run)).Output,
            Does.Contain("(interrupted)").And.Contain(string.Create(CultureInfo.InvariantCulture, $"{left} of them are left without any usable method")));

        sandbox.Faults = FaultPlan.None;
        Answer resumed = await shell.RunAsync("resume", run, "--yes", "--format", "json");
        Assert.That(resumed.Exit, Is.Zero, $"{resumed}");
        Assert.That(Counts(resumed.Document), Is.EqualTo((Users, 0, 0)));
        Assert.That(sandbox.Journal.AppliedWrites.Select(Lines.Applied), Is.Unique);
    }

    [TestCase("5", 0)]
    [TestCase("8", 1)]
    [TestCase("yes", 1)]
    public async Task Resume_asks_about_what_is_left(string typed, int exit)
    {
        await using Stage stage = await Stage.OpenAsync(Crew.Seed(8), Settings());
        stage.Shell.Write("people.csv", AllRemoved.Split(Crew.Name(8))[0]);
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--limit", "3", "--format", "json");
        stage.Shell.Typed = typed;

        Answer resume = await stage.RunAsync("resume", apply.Text("runId"), "--format", "json");

        Assert.That(resume.Exit, Is.EqualTo(exit), $"{resume}");
        Assert.That(resume.Error,
            Does.Contain("Interrupted: 3 of 8 users done.").And.Contain("5 writes to tenant 'contoso'").And.Contain("for 5 users are left, all of them "
                + "deletions. Type 5 to continue."));
        Assert.That(stage.Sandbox.Journal.AppliedWriteCount, Is.EqualTo(exit == 0 ? 8 : 3));
    }

    [Test]
    public async Task A_run_of_which_no_read_shows_any_write_ends_with_4_and_says_so()
    {
        SandboxSeed seed = Crew.Seed(3);
        await using Stage stage = await Stage.OpenAsync(
            seed with { Settings = SandboxSettings.Default with { ReadLag = new ReadLagSettings { Time = TimeSpan.FromHours(1) } } }, Crew.Slowly());
        stage.Shell.Write("people.csv", Crew.Source(3));

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(4), $"{apply}");
        Assert.That(apply.Text("outcome"), Is.EqualTo("partial"));
        Assert.That(apply.Document.GetProperty("diagnostics").EnumerateArray().Select(d => Lines.Text(d, "code")), Does.Contain("nothingVerified"));
        Assert.That(Counts(apply.Document), Is.EqualTo((3, 0, 0)), "the service accepted them all");
    }

    private static JsonObject Settings()
    {
        JsonObject settings = Crew.Slowly();
        settings["RequestTimeout"] = "00:00:05";
        settings["Policy"] = new JsonObject { ["LastMethod"] = "Allow" };
        settings["Guardrails"] = new JsonObject { ["MaxDeletes"] = "none", ["MaxLastPhone"] = "none" };
        return settings;
    }

    private static JsonElement Run(Answer runs) => runs.Document.GetProperty("runs")[0];

    private static (long Done, long Unknown, long Skipped) Counts(JsonElement run) => Three(run.GetProperty("summary"));

    private static (long Done, long Unknown, long Skipped) Operations(JsonElement run) => Three(run.GetProperty("summary").GetProperty("operationOutcomes"));

    private static (long Done, long Unknown, long Skipped) Three(JsonElement counts) =>
        (counts.GetProperty("done").GetInt64(), counts.GetProperty("unknown").GetInt64(), counts.GetProperty("skipped").GetInt64());

    private static long Figure(JsonElement run, string outcome) => run.GetProperty("users").EnumerateArray().Count(u => Lines.Text(u, "outcome") == outcome);
}
