using System.Text.Json;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>Runs that end before their end, and go on.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InterruptionTests
{
    private const int Users = 8;

    [Test]
    public async Task A_limited_run_is_interrupted_and_goes_on_from_there()
    {
        await using Stage stage = await Crew.StageAsync(Users);

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--limit", "3", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(130), $"{apply}");
        Assert.That(apply.Text("outcome"), Is.EqualTo("interrupted"));
        Assert.That(Counts(apply), Is.EqualTo((3, Users - 3)));
        Assert.That(Crew.Done(stage, Users), Is.EqualTo(3));
        string[] outcomes = [.. apply.Document.GetProperty("users").EnumerateArray().Select(u => Lines.Text(u, "outcome") ?? "null")];
        Assert.That(outcomes.Count(o => o == "skipped"), Is.EqualTo(Users - 3), "users who were not started are skipped, as the sums count them");
        await GoOnAsync(stage, apply.Text("runId"));
    }

    [Test]
    public async Task A_limited_run_can_go_on_in_steps()
    {
        await using Stage stage = await Crew.StageAsync(Users);
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--limit", "2", "--format", "json");

        Answer second = await stage.RunAsync("resume", apply.Text("runId"), "--yes", "--limit", "2", "--format", "json");

        Assert.That(second.Exit, Is.EqualTo(130), $"{second}");
        Assert.That(Counts(second), Is.EqualTo((4, Users - 4)));
        await GoOnAsync(stage, apply.Text("runId"));
    }

    [Test]
    public async Task A_canary_that_lives_lets_the_rest_follow()
    {
        await using Stage stage = await Crew.StageAsync(Users);

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--canary", "2", "--format", "json");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(Crew.Done(stage, Users), Is.EqualTo(Users));
    }

    [Test]
    public async Task A_canary_that_dies_keeps_the_rest_from_being_started()
    {
        await using Stage stage = await Crew.StageAsync(Users);
        stage.Sandbox.Faults = FaultPlan.Parse(
            """{"rules":[{"match":{"kind":"phone.*","access":"write","user":"u00@contoso.com"},"count":99,"then":"""
            + """{"answer":{"status":400,"code":"badRequest","message":"no"}}}]}""");

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--canary", "2", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(4), $"{apply}");
        Assert.That(apply.Text("outcome"), Is.EqualTo("interrupted"));
        Assert.That(Crew.Done(stage, Users), Is.EqualTo(1));
        Answer resumed = await stage.RunAsync("resume", apply.Text("runId"), "--yes", "--format", "json");
        Assert.That(resumed.Exit, Is.EqualTo(4), $"{resumed}");
        Assert.That(Crew.Done(stage, Users), Is.EqualTo(Users - 1));
    }

    [Test]
    public async Task A_canary_that_was_interrupted_goes_on_when_the_run_is_resumed()
    {
        await using Stage stage = await Crew.StageAsync(Users);
        stage.Shell.UsesExecutable = true;
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--canary", "3", "--limit", "1", "--format", "json");
        Assert.That((apply.Exit, Crew.Done(stage, Users)), Is.EqualTo((130, 1)), $"{apply}");
        stage.Sandbox.Faults = FaultPlan.Parse(
            """{"rules":[{"match":{"kind":"phone.*","access":"write","user":"u01@contoso.com"},"count":99,"then":"""
            + """{"answer":{"status":400,"code":"badRequest","message":"no"}}}]}""");

        Answer resumed = await stage.RunAsync("resume", apply.Text("runId"), "--yes", "--format", "json");
        Assert.That((resumed.Exit, resumed.Text("outcome")), Is.EqualTo((4, "interrupted")), $"{resumed}");
        Assert.That(resumed.Output, Does.Contain("canaryFailed"));
        Assert.That(Crew.Done(stage, Users), Is.EqualTo(2), "of the three who go first two are done, and no one else was started");

        Answer rest = await stage.RunAsync("resume", apply.Text("runId"), "--yes", "--format", "json");
        Assert.That((rest.Exit, Crew.Done(stage, Users)), Is.EqualTo((4, Users - 1)), $"{rest}");
    }

    [Test]
    public async Task A_failure_before_the_interruption_counts_for_the_canary_that_goes_on()
    {
        await using Stage stage = await Crew.StageAsync(Users);
        stage.Sandbox.Faults = FaultPlan.Parse(
            """{"rules":[{"match":{"kind":"phone.*","access":"write","user":"u00@contoso.com"},"count":99,"then":"""
            + """{"answer":{"status":400,"code":"badRequest","message":"no"}}}]}""");
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--canary", "3", "--limit", "1", "--format", "json");

        Answer resumed = await stage.RunAsync("resume", apply.Text("runId"), "--yes", "--format", "json");

        Assert.That((resumed.Exit, resumed.Text("outcome"), Crew.Done(stage, Users)), Is.EqualTo((4, "interrupted", 2)), $"{resumed}");
    }

    [Test]
    public async Task A_signal_lets_what_is_in_flight_end_and_the_rest_wait()
    {
        await using Stage stage = await Crew.StageAsync(Users);
        using CancellationTokenSource stop = new();
        stage.Sandbox.Faults = FaultPlan.Parse("""{"rules":[{"match":{"access":"write"},"every":1,"count":999,"then":{"delayBefore":400}}]}""");
        Task<Answer> running = stage.Shell.RunAsync(stop.Token, "apply", "@people.csv", "--yes", "--format", "json");
        while (stage.Sandbox.Journal.AppliedWriteCount < 3 && !running.IsCompleted) await Task.Delay(5);
        await stop.CancelAsync();

        Answer apply = await running;

        Assert.That(apply.Exit, Is.EqualTo(130), $"{apply}");
        (int done, int skipped) = Counts(apply);
        Assert.That(done + skipped, Is.EqualTo(Users), $"{apply}");
        await GoOnAsync(stage, apply.Text("runId"));
    }

    [Test]
    public async Task A_signal_while_planning_ends_with_130_and_no_run()
    {
        await using Stage stage = await Crew.StageAsync(Users);
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        Answer apply = await stage.Shell.RunAsync(stop.Token, "apply", "@people.csv", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(130), $"{apply}");
        Assert.That(apply.Text("code"), Is.EqualTo("interrupted"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task What_cannot_go_on_says_why()
    {
        await using Stage stage = await Crew.StageAsync(1);
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Answer ended = await stage.RunAsync("resume", apply.Text("runId"), "--yes", "--format", "json");
        Answer unknown = await stage.RunAsync("resume", "r-nobody", "--yes", "--format", "json");

        Assert.That((ended.Exit, ended.Text("code")), Is.EqualTo((1, "notResumable")));
        Assert.That((unknown.Exit, unknown.Text("code")), Is.EqualTo((1, "unknownRun")));
    }

    /// <summary>Resumes to the end: everybody done, nothing twice, nothing left, and one run in the history.</summary>
    private static async Task GoOnAsync(Stage stage, string runId)
    {
        stage.Sandbox.Faults = FaultPlan.None;
        Answer resumed = await stage.RunAsync("resume", runId, "--yes", "--format", "json");
        Assert.That(resumed.Exit, Is.Zero, $"{resumed}");
        Assert.That(Counts(resumed), Is.EqualTo((Users, 0)));
        Assert.That(Crew.Done(stage, Users), Is.EqualTo(Users));
        Assert.That(stage.Sandbox.Journal.AppliedWrites.Select(Lines.Applied), Is.Unique);
        Assert.That((await stage.RunAsync("plan", "@people.csv", "--detailed-exitcode")).Exit, Is.Zero);
        JsonElement runs = (await stage.RunAsync("runs", "--format", "json")).Document.GetProperty("runs");
        Assert.That(runs.GetArrayLength(), Is.EqualTo(1));
        Assert.That(Lines.Text(runs[0], "outcome"), Is.EqualTo("succeeded"));
    }

    private static (int Done, int Skipped) Counts(Answer answer)
    {
        JsonElement summary = answer.Document.GetProperty("summary");
        return (summary.GetProperty("done").GetInt32(), summary.GetProperty("skipped").GetInt32());
    }
}
