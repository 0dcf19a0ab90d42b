using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>Signals to the real executable while users are being written to: those who have begun are finished, no others begin.</summary>
[Platform(Exclude = "Win", Reason = "Signals.")]
[Parallelizable(ParallelScope.All)]
public sealed class SignalTests
{
    private const int Users = Crew.Usual;

    [Test]
    public async Task A_user_whom_the_service_has_begun_is_finished_after_a_signal_that_a_wrapper_sends_twice()
    {
        await using Served served = await Served.StartAsync(writeDelay: 400);
        Task<HttpResponseMessage> put = served.PutAsync();
        await served.WritesAsync(1);
        served.Process.SendTerminate();
        served.Process.SendTerminate();

        using HttpResponseMessage answer = await put;
        Answer ended = await served.Process.EndAsync();

        Assert.That(((int)answer.StatusCode, ended.Exit), Is.EqualTo((200, 0)), $"{ended}");
        Assert.That(served.Phones, Is.EqualTo(Served.Wanted));
    }

    [Test]
    public async Task Ctrl_C_twice_is_acknowledged_and_leaves_no_user_of_a_run_between_two_operations()
    {
        using Shell shell = new(TimeProvider.System);
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Seed = Crew.Seed(Users, new LatencySettings { Median = TimeSpan.FromMilliseconds(60) }) }, CancellationToken.None);
        shell.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString(), Crew.Slowly());
        sandbox.Faults = Crew.Stalling(quick: 4);
        shell.Write("people.csv", Crew.Source(Users));
        using ProvisionProcess process = ProvisionProcess.Start(
            shell.Folder, ["apply", "people.csv", "--yes", "--config", "settings.json", "--format", "json"]);
        while (sandbox.Journal.AppliedWriteCount < 3 && !process.HasExited) await Task.Delay(2);
        process.SendInterrupt();
        process.SendInterrupt();

        Answer interrupted = await process.EndAsync();

        Assert.That((interrupted.Exit, interrupted.Text("outcome")), Is.EqualTo((130, "interrupted")), $"{interrupted}");
        Assert.That(interrupted.Error, Does.Contain("Stopping: finishing what has begun. Press Ctrl-C again to stop at once."));
        string[] halves = [.. Enumerable.Range(0, Users).Where(i => Half(sandbox.Tenant.User(Crew.Name(i)), i)).Select(Crew.Name)];
        Assert.That(halves, Is.Empty);
    }

    [Test]
    public async Task A_reconciliation_that_the_service_runs_leaves_no_user_between_two_operations_and_can_be_resumed()
    {
        await using Served served = await Served.StartAsync(writeDelay: 150, Crew.Seed(Users));
        using HttpResponseMessage started = await served.PostAsync("/openidm/recon?_action=recon&mapping=people");
        await served.WritesAsync(3);
        served.Process.SendTerminate();
        Answer ended = await served.Process.EndAsync();
        string[] halves = [.. Enumerable.Range(0, Users).Where(i => Half(served.Sandbox.Tenant.User(Crew.Name(i)), i)).Select(Crew.Name)];
        JsonElement run = (await served.Shell.RunAsync("runs", "--format", "json")).Document.GetProperty("runs")[0];

        Assert.That(((int)started.StatusCode, ended.Exit), Is.EqualTo((200, 0)), $"{ended}");
        Assert.That(halves, Is.Empty);
        Assert.That((Lines.Text(run, "outcome"), run.GetProperty("resumable").GetBoolean()), Is.EqualTo(("interrupted", true)));
        served.Sandbox.Faults = FaultPlan.None;
        Assert.That((await served.Shell.RunAsync("resume", Lines.Text(run, "runId") ?? "", "--yes")).Exit, Is.Zero);
        Assert.That(Enumerable.Range(0, Users).All(i => Crew.IsDone(served.Sandbox.Tenant.User(Crew.Name(i)), i)), Is.True);
        Assert.That(served.Sandbox.Journal.AppliedWrites.Select(Lines.Applied), Is.Unique);
    }

    [Test]
    public async Task A_command_for_one_user_who_has_begun_is_finished_after_a_signal()
    {
        using Shell shell = new(TimeProvider.System);
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = Served.Seed }, CancellationToken.None);
        sandbox.Faults = Served.Slow(400);
        shell.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString());
        using ProvisionProcess process = ProvisionProcess.Start(shell.Folder,
            ["offboard", Served.User, "--yes", "--config", "settings.json", "--format", "json"]);
        while (sandbox.Journal.AppliedWriteCount < 1 && !process.HasExited) await Task.Delay(2);
        process.SendTerminate();

        Answer ended = await process.EndAsync();

        Assert.That((ended.Exit, ended.Text("outcome")), Is.EqualTo((0, "succeeded")), $"{ended}");
        SandboxUser user = sandbox.Tenant.User(Served.User);
        Assert.That((user.Mobile, user.AlternateMobile, user.Office), Is.EqualTo((default(string), default(string), default(string))));
    }

    [Test]
    [Platform("Linux", Reason = "Only Linux says when a process began.")]
    public async Task A_change_whose_service_was_killed_holds_its_user_no_longer_than_its_last_request_may_take()
    {
        TimeSpan requestTimeout = TimeSpan.FromSeconds(8);
        JsonObject tenant = new() { ["RequestTimeout"] = "00:00:08", ["LeaseDuration"] = "00:05:00" };
        await using Served served = await Served.StartAsync(writeDelay: 0, tenant: tenant);
        served.Sandbox.Faults = FaultPlan.Parse("""{"rules":[{"match":{"access":"write"},"then":{"delayAfter":20000}}]}""");
        (string?, string?, string?) before = served.Phones;
        Task<HttpResponseMessage> put = served.PutAsync();
        // On a thread of its own: on a busy machine the pool can be later than the request's time-out.
        (string?, string?, string?) half = await Task.Factory.StartNew(
            () =>
            {
                SpinWait.SpinUntil(() => served.Phones != before || served.Process.HasExited, TimeSpan.FromMinutes(2));
                served.Process.SendKill();
                return served.Phones;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        bool answered = put.IsCompletedSuccessfully;
        await served.Process.EndAsync();
        served.Sandbox.Faults = FaultPlan.None;

        await served.RestartAsync();
        long began = Stopwatch.GetTimestamp();
        List<int> waits = [];
        int status;
        while (true)
        {
            using HttpResponseMessage answer = await served.PutAsync();
            status = (int)answer.StatusCode;
            if (status != 503 || waits.Count > 20) break;
            waits.Add((int)(answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0));
            Assert.That(served.Phones, Is.EqualTo(half), "nothing is sent while the last request may land");
            await Task.Delay(TimeSpan.FromSeconds(waits[^1]));
        }

        TimeSpan took = Stopwatch.GetElapsedTime(began);
        Assert.That(answered, Is.False, "the service was killed before its request was answered");
        Assert.That((status, served.Phones), Is.EqualTo((200, Served.Wanted)));
        Assert.That(waits, Is.Not.Empty.And.All.InRange(1, requestTimeout.TotalSeconds), "what is left of the wait, not of the lock");
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(60)), "the lock had five minutes to go");
        Assert.That(served.Sandbox.Journal.AppliedWrites.Select(Lines.Applied), Is.Unique);
    }

    private static bool Half(SandboxUser user, int number) =>
        !Crew.IsDone(user, number) && (user.Mobile != $"+1 20655501{number:D2}" || user.Office is not null);
}
