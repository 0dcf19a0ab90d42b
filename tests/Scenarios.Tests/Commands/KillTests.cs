using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>The real executable against the sandbox over HTTP, killed with SIGKILL at random moments until its run has ended, then compared.</summary>
[Platform(Exclude = "Win", Reason = "Signals.")]
public sealed class KillTests
{
    private const int Users = 60;

    /// <summary>Writes that are applied and not answered, so that a kill meets doubt.</summary>
    private const string Problem = """
        {"rules":[
          {"match":{"access":"write"},"every":7,"count":999,"then":{"drop":"after"}},
          {"match":{"access":"write"},"every":11,"count":999,"then":{"commitAnd":{"status":503,"empty":true}}}]}
        """;

    [Test]
    public Task A_run_that_is_killed_four_times_loses_nothing_and_does_nothing_twice() => KillAsync(seed: 1, kills: 4);

    [Test]
    [Explicit("The longer test: 50 kills, a few minutes. SEED=n for others. dotnet test tests/Scenarios.Tests --filter Fifty_kills")]
    public async Task Fifty_kills()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 2;
        for (int left = 50; left > 0; seed++) left -= await KillAsync(seed, Math.Min(left, 10));
    }

    /// <summary>Kills one run so many times at most, lets it end, compares. Gives how many kills there were.</summary>
    private static async Task<int> KillAsync(int seed, int kills)
    {
        Random chance = new(seed);
        using Shell shell = new(TimeProvider.System);
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Seed = Crew.Seed(Users, new LatencySettings { Median = TimeSpan.FromMilliseconds(20) }) }, CancellationToken.None);
        sandbox.Faults = FaultPlan.Parse(Problem);
        JsonObject settings = Crew.Slowly();
        // After a kill the users with an open request wait until it cannot land any more: in real time here, so it is made short.
        settings["RequestTimeout"] = "00:00:05";
        shell.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString(), settings);
        shell.Write("people.csv", Crew.Source(Users));
        int killed = 0;
        string? run = null;
        Answer? last = null;
        while (last is null)
        {
            string[] verb = run is null ? ["apply", "people.csv"] : ["resume", run];
            using ProvisionProcess process = ProvisionProcess.Start(shell.Folder, [.. verb, "--yes", "--config", "settings.json", "--format", "json"]);
            bool kill = killed < kills;
            if (kill) await MomentAsync(sandbox, process, chance);
            if (kill && !process.HasExited)
            {
                process.SendKill();
                killed++;
            }

            Answer answer = await process.EndAsync();
            run ??= await RunOfAsync(shell);
            if (answer.Exit != 137) last = answer;
            else TestContext.Out.WriteLine($"seed {seed}: kill {killed} after {sandbox.Journal.AppliedWriteCount} writes");
        }

        Compare(seed, sandbox, last);
        return Math.Max(1, killed);
    }

    /// <summary>Some time, or some writes, or a write that is just on its way.</summary>
    private static async Task MomentAsync(SandboxServer sandbox, ProvisionProcess process, Random chance)
    {
        if (chance.Next(3) == 0)
        {
            await Task.Delay(chance.Next(3_000));
            return;
        }

        long writes = sandbox.Journal.AppliedWriteCount + 1 + chance.Next(15);
        while (sandbox.Journal.AppliedWriteCount < writes && !process.HasExited) await Task.Delay(1);
    }

    private static async Task<string?> RunOfAsync(Shell shell)
    {
        Answer runs = await shell.RunAsync("runs", "--format", "json");
        JsonElement all = runs.Document.GetProperty("runs");
        return all.GetArrayLength() == 0 ? null : Lines.Text(all[0], "runId");
    }

    private static void Compare(int seed, SandboxServer sandbox, Answer last)
    {
        Assert.That(last.Exit, Is.EqualTo(0), $"seed {seed}: {last}");
        JsonElement summary = last.Document.GetProperty("summary");
        Assert.That((summary.GetProperty("done").GetInt64(), summary.GetProperty("changed").GetInt64()),
            Is.EqualTo((Users, Users)), $"seed {seed}: the report covers the whole run");
        Assert.That(sandbox.Journal.AppliedWrites.Select(Lines.Applied), Is.Unique, $"seed {seed}: no completed write is repeated");
        Assert.That(sandbox.Journal.OverlappingWrites, Is.Zero, $"seed {seed}");
        Assert.That(Enumerable.Range(0, Users).Where(i => !Crew.IsDone(sandbox.Tenant.User(Crew.Name(i)), i)),
            Is.Empty, $"seed {seed}: the tenant is as the report says");
    }
}
