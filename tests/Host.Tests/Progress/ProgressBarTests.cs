using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Drawing;

namespace ProvisioningConnector.Host.Tests.Progress;

/// <summary>Progress where a person sits.</summary>
public sealed partial class ProgressBarTests
{
    [Test]
    public void At_every_width_from_60_on_the_line_is_narrower_than_the_terminal([Values] RunStep step, [Values(null, 0L, 7L, 1_234_567L)] long? total)
    {
        for (int width = 60; width <= 200; width++)
        {
            ProgressSnapshot view = Snapshot(step, Math.Min(total ?? 500, 612_345), total) with { HeldUntil = DateTimeOffset.UnixEpoch };

            Assert.That(Shown(view, width), Has.Length.LessThan(width), $"{width}");
        }
    }

    [Test]
    public void The_line_has_a_bar_percent_rate_time_left_held_and_failed()
    {
        string line = Shown(Snapshot(RunStep.Write, 450, 1000), 140);

        Assert.That(line, Is.EqualTo($"writing  {new string('━', 14)}{new string('─', 16)}   45 %  450 of 1,000  20/s  00:00:28 left  4 held  3 failed"));
    }

    [Test]
    public void On_a_narrow_terminal_rate_and_counts_go_and_what_needs_attention_stays()
    {
        string line = Shown(Snapshot(RunStep.Read, 450, 1000), 60);

        Assert.That(line, Does.Contain(" 45 %").And.Contain("4 held").And.Contain("3 failed").And.Contain("━").And.Not.Contain("/s"));
    }

    [Test]
    public void It_is_redrawn_twice_a_second_and_only_a_long_step_leaves_a_line([Values(1, 3)] int seconds)
    {
        FakeTimeProvider time = new();
        using StringWriter terminal = new() { NewLine = "\n" };
        using LiveLine live = new(terminal) { NewLine = "\n" };
        using ProgressLines lines = new(live, ProgressForm.Auto, time, null, new ProgressBarLine(live, 80, colours: false));

        lines.Begin(RunStep.Write, 10);
        lines.Advance(RunStep.Write, 2);
        lines.Mark(RunStep.Write, StepMark.Failed);
        for (int i = 0; i < 2 * seconds; i++) time.Advance(TimeSpan.FromSeconds(0.5));
        lines.Finish();

        string[] drawn = terminal.ToString().Split("\r\u001b[2K", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(drawn.Count(static line => line.Contains("20 %", StringComparison.Ordinal) && line.Contains("1 failed", StringComparison.Ordinal)),
            Is.EqualTo(2 * seconds));
        Assert.That(drawn[^1].EndsWith('\n'), Is.EqualTo(seconds >= 2), "a line stays");
    }

    private static ProgressSnapshot Snapshot(RunStep step, long done, long? total) =>
        new("step", DateTimeOffset.UnixEpoch, step, done, total, Seconds: 30, Rate: 20, Throttled: 0, Calls: 100, Held: 4, Failed: 3, HeldUntil: null);

    private static string Shown(ProgressSnapshot view, int width) => Markup().Replace(view.ToBar(width), "");

    [GeneratedRegex(@"\[/?\w*\]", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();
}
