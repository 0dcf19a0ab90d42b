using ProvisioningConnector.Host.Cli.Drawing;

namespace ProvisioningConnector.Host.Tests.Drawing;

/// <summary>The last line of a terminal, drawn again and again.</summary>
public sealed class LiveLineTests
{
    private const string Clearing = "\r\u001b[2K";

    [Test]
    public void Each_drawing_takes_the_place_of_the_one_before()
    {
        using StringWriter terminal = new();
        using LiveLine line = new(terminal);

        line.Show("one");
        line.Show("two");
        line.Clear();
        line.Clear();

        Assert.That(terminal.ToString(), Is.EqualTo($"{Clearing}one{Clearing}two{Clearing}"));
    }

    [Test]
    public async Task Whatever_else_is_written_clears_the_line_first()
    {
        Func<LiveLine, Task>[] writes =
        [
            static line => line.WriteLineAsync("x"), static line => line.WriteAsync("x"), static line => { line.Write('x'); return Task.CompletedTask; },
            static line => { line.WriteLine("{0}", "x"); return Task.CompletedTask; }, static line => { line.Write("x".AsSpan()); return Task.CompletedTask; },
            static line => line.WriteLineAsync("x".AsMemory()), static line => { line.WriteLine(); return Task.CompletedTask; },
        ];
        foreach (Func<LiveLine, Task> write in writes)
        {
            using StringWriter terminal = new() { NewLine = "\n" };
            await using LiveLine line = new(terminal) { NewLine = "\n" };
            line.Show("drawn");

            await write(line);
            await write(line);

            Assert.That(terminal.ToString().Replace("x", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal),
                Is.EqualTo($"{Clearing}drawn{Clearing}"));
        }
    }
}
