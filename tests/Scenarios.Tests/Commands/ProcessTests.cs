using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>The real executable: what only a process of its own can show.</summary>
[Platform(Exclude = "Win", Reason = "Signals.")]
[Parallelizable(ParallelScope.All)]
public sealed class ProcessTests
{
    private const int Users = 12;

    [Test]
    public async Task The_built_in_sandbox_does_the_main_job_in_an_empty_folder_and_then_nothing_is_left()
    {
        using Shell shell = new();
        shell.Write("people.csv", "user,phones\nada@contoso.com,+1 2065550150:mobile;+1 4255550199:office\nben@contoso.com,+1 2065550151:mobile\n");

        Answer apply = await ProvisionProcess.RunAsync(shell.Folder, "apply", "people.csv", "--yes", "--report", "out/report.html");
        Answer again = await ProvisionProcess.RunAsync(shell.Folder, "plan", "people.csv", "--detailed-exitcode");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(apply.Output, Does.Contain("SANDBOX"));
        Assert.That(apply.Error, Does.Contain("no tenant is configured").And.Contain("Ready to apply").And.Not.Contain("2065550150"));
        Assert.That(File.ReadAllText(shell.At("out/report.html")), Does.Contain("SANDBOX").IgnoreCase.And.Not.Contain("2065550150"));
        Assert.That(again.Exit, Is.Zero, $"{again}");
        Answer reset = await ProvisionProcess.RunAsync(shell.Folder, "sandbox", "reset");
        Answer afterReset = await ProvisionProcess.RunAsync(shell.Folder, "plan", "people.csv", "--detailed-exitcode");
        Assert.That((reset.Exit, afterReset.Exit), Is.EqualTo((0, 2)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_run_that_is_interrupted_or_killed_goes_on_and_does_nothing_twice(bool kill)
    {
        Shell shell = new(TimeProvider.System);
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Seed = Crew.Seed(Users, new LatencySettings { Median = TimeSpan.FromMilliseconds(15) }) }, CancellationToken.None);
        sandbox.Faults = Crew.Stalling(quick: 6);
        // After a kill the run waits until nothing that was sent can land any more: in real time here, so it is made short.
        JsonObject settings = Crew.Slowly();
        settings["RequestTimeout"] = "00:00:05";
        shell.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString(), settings);
        shell.Write("people.csv", Crew.Source(Users));
        string runId;
        using (ProvisionProcess process = ProvisionProcess.Start(shell.Folder,
            ["apply", "people.csv", "--yes", "--config", "settings.json", "--format", "json"]))
        {
            while (sandbox.Journal.AppliedWriteCount < 5 && !process.HasExited) await Task.Delay(2);
            if (kill) process.SendKill();
            else process.SendInterrupt();
            Answer interrupted = await process.EndAsync();
            Assert.That(interrupted.Exit, Is.EqualTo(kill ? 137 : 130), $"{interrupted}");
            if (!kill) Assert.That(interrupted.Text("outcome"), Is.EqualTo("interrupted"));
        }

        Answer runs = await shell.RunAsync("runs", "--format", "json");
        runId = Lines.Text(runs.Document.GetProperty("runs")[0], "runId") ?? "";
        Assert.That(runs.Document.GetProperty("runs")[0].GetProperty("resumable").GetBoolean(), Is.True);

        sandbox.Faults = FaultPlan.None;
        Answer resumed = await shell.RunAsync("resume", runId, "--yes", "--format", "json");

        Assert.That(resumed.Exit, Is.Zero, $"{resumed}");
        JsonElement summary = resumed.Document.GetProperty("summary");
        Assert.That((summary.GetProperty("done").GetInt64(), summary.GetProperty("changed").GetInt64()), Is.EqualTo((Users, Users)));
        Assert.That(sandbox.Journal.AppliedWrites.Select(Lines.Applied), Is.Unique);
        Assert.That(sandbox.Journal.OverlappingWrites, Is.Zero);
        Assert.That(Enumerable.Range(0, Users).All(i => Crew.IsDone(sandbox.Tenant.User(Crew.Name(i)), i)), Is.True);
        shell.Dispose();
    }

    [Test]
    public async Task A_served_sandbox_is_planned_against_and_ends_with_0_on_a_signal()
    {
        using Shell shell = new();
        using ProvisionProcess server = ProvisionProcess.Start(shell.Folder, ["sandbox", "--format", "json"], readOutput: false);
        using JsonDocument served = JsonDocument.Parse(await server.Output.ReadLineAsync() ?? "");
        shell.Configure(Lines.Text(served.RootElement, "address") ?? "", Lines.Text(served.RootElement, "tenantId") ?? "");
        shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550150\n");

        Answer plan = await shell.RunAsync("plan", "@people.csv", "--detailed-exitcode");
        server.SendTerminate();
        Answer ended = await server.EndAsync();

        Assert.That(plan.Exit, Is.EqualTo(2), $"{plan}");
        Assert.That(ended.Exit, Is.Zero, $"{ended}");
    }

    [Test]
    public async Task Without_a_terminal_and_without_yes_nothing_is_written()
    {
        using Shell shell = new();
        shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550150\n");

        Answer apply = await ProvisionProcess.RunAsync(shell.Folder, "apply", "people.csv", "--format", "json");

        Assert.That((apply.Exit, apply.Text("code")), Is.EqualTo((1, "confirmationNeeded")));
    }

    [Test]
    public async Task A_source_comes_through_a_pipe_and_help_goes_to_stdout()
    {
        using Shell shell = new();
        using ProvisionProcess plan = ProvisionProcess.Start(shell.Folder, ["plan", "-", "--input", "ndjson", "--format", "json"],
            input: """{"user":"ada@contoso.com","phones":["+1 2065550150:mobile"]}""" + "\n");
        Answer piped = await plan.EndAsync();
        Answer help = await ProvisionProcess.RunAsync(shell.Folder, "apply", "--help");

        Assert.That(piped.Exit, Is.Zero, $"{piped}");
        Assert.That(piped.Text("kind"), Is.EqualTo("plan"));
        Assert.That(help.Exit, Is.Zero);
        Assert.That(help.Output, Does.Contain("--canary").And.Contain("--rejects").And.Contain("text|json|markdown|html"));
    }
}
