using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Host.Cli;

namespace ProvisioningConnector.Host.Tests.Progress;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProgressLinesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Test]
    public void A_step_reports_done_total_rate_and_time_left_and_its_end()
    {
        using ProgressLines lines = Lines(ProgressForm.Plain);
        lines.Begin(RunStep.Write, 1000);
        Work(lines, RunStep.Write, seconds: 10, perSecond: 20);
        lines.Finish();
        Assert.That(Lines(), Is.EqualTo(new[]
        {
            "writing: 100 of 1,000, 20/s, about 00:00:45 left",
            "writing: 200 of 1,000, 20/s, about 00:00:40 left",
            "writing: 200 of 1,000 in 00:00:10",
        }));
    }

    [Test]
    public void The_time_left_follows_the_recent_rate_and_forgets_the_burst()
    {
        using ProgressLines lines = Lines(ProgressForm.Json);
        lines.Begin(RunStep.Write, 10_000);
        Work(lines, RunStep.Write, seconds: 40, perSecond: 68);
        Work(lines, RunStep.Write, seconds: 60, perSecond: 17);
        JsonElement last = Events()[^1];
        Assert.That(last.GetProperty("rate").GetDouble(), Is.EqualTo(17).Within(0.1));
        Assert.That(last.GetProperty("secondsLeft").GetDouble(), Is.EqualTo((10_000 - 40 * 68 - 60 * 17) / 17.0).Within(5));
    }

    [Test]
    public void When_nothing_moves_it_is_said_and_no_time_is_promised()
    {
        using ProgressLines lines = Lines(ProgressForm.Json);
        lines.Begin(RunStep.Write, 100);
        Work(lines, RunStep.Write, seconds: 5, perSecond: 10);
        for (int second = 0; second < 60; second++) _time.Advance(TimeSpan.FromSeconds(1));
        JsonElement last = Events()[^1];
        Assert.That(Events(), Has.Count.EqualTo(1 + 13));
        Assert.That(last.GetProperty("rate").GetDouble(), Is.Zero);
        Assert.That(last.GetProperty("secondsLeft").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void What_was_done_before_an_interruption_counts_as_done_and_not_as_speed()
    {
        using ProgressLines lines = Lines(ProgressForm.Json);
        lines.Begin(RunStep.Write, 1000);
        lines.Skip(RunStep.Write, 600);
        Work(lines, RunStep.Write, seconds: 5, perSecond: 10);
        JsonElement last = Events()[^1];
        Assert.That(last.GetProperty("done").GetInt64(), Is.EqualTo(650));
        Assert.That(last.GetProperty("rate").GetDouble(), Is.EqualTo(10).Within(0.1));
        Assert.That(last.GetProperty("secondsLeft").GetDouble(), Is.EqualTo(35).Within(1));
    }

    [Test]
    public void The_second_pass_is_a_step_of_its_own_with_a_total_and_a_rate_of_its_own()
    {
        using ProgressLines lines = Lines(ProgressForm.Json);
        lines.Begin(RunStep.Write, 100);
        Work(lines, RunStep.Write, seconds: 5, perSecond: 19);
        lines.Begin(RunStep.SecondPass, 5);
        Work(lines, RunStep.SecondPass, seconds: 5, perSecond: 1);
        lines.Finish();
        Assert.That(Events().Select(e => $"{e.GetProperty("step")} {e.GetProperty("event")} {e.GetProperty("done")}"), Is.EqualTo(new[]
        {
            "write begin 0", "write step 95", "write end 95", "secondPass begin 0", "secondPass step 5", "secondPass end 5",
        }));
    }

    [Test]
    public async Task Throttled_calls_of_the_step_and_a_hold_are_reported()
    {
        Pacer pacer = new(new QuotaSettings(Start: 1), _time);
        await CallAsync(pacer, throttled: true);
        _time.Advance(TimeSpan.FromMinutes(10));
        using ProgressLines lines = Lines(ProgressForm.Json, pacer.Snapshot);
        lines.Begin(RunStep.Write, 100);
        await CallAsync(pacer, throttled: false);
        await CallAsync(pacer, throttled: false);
        await CallAsync(pacer, throttled: false);
        await CallAsync(pacer, throttled: true);
        _time.Advance(TimeSpan.FromSeconds(5));
        JsonElement last = Events()[^1];
        Assert.That(last.GetProperty("throttled").GetInt64(), Is.EqualTo(1));
        Assert.That(last.GetProperty("throttledShare").GetDouble(), Is.EqualTo(0.25));
        Assert.That(last.GetProperty("heldUntil").GetDateTimeOffset(), Is.GreaterThan(_time.GetUtcNow()));
    }

    [Test]
    public void After_the_end_nothing_more_is_reported()
    {
        using ProgressLines lines = Lines(ProgressForm.Plain);
        lines.Begin(RunStep.Read, null);
        lines.Finish();
        int count = Lines().Length;
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(Lines(), Has.Length.EqualTo(count));
    }

    private ProgressLines Lines(ProgressForm form, Func<PacingAccount>? pacing = null) => new(_error, form, _time, pacing);

    private async Task CallAsync(Pacer pacer, bool throttled)
    {
        ValueTask<PaceLease> asked = pacer.AcquireAsync(CallKind.Write, 1, CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        using PaceLease lease = await asked;
        // So long a wait is a limit's; shorter ones may come by chance and hold nothing.
        if (throttled) lease.Throttled(new ThrottleSignal(RetryAfter: TimeSpan.FromSeconds(60)));
        else lease.Succeeded();
    }

    /// <summary>Steady work, lines once a second.</summary>
    private void Work(ProgressLines lines, RunStep step, int seconds, int perSecond)
    {
        for (int second = 0; second < seconds; second++)
        {
            // Just before the second is over, so that an event at its end sees it.
            _time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
            lines.Advance(step, perSecond);
            _time.Advance(TimeSpan.FromTicks(1));
        }
    }

    private string[] Lines() => _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private List<JsonElement> Events() => [.. Lines().Select(line => JsonDocument.Parse(line).RootElement)];
}
