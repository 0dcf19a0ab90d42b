using ProvisioningConnector.Host.Cli.Drawing;

namespace ProvisioningConnector.Host.Tests.Drawing;

/// <summary>Plain text on a terminal.</summary>
public sealed class BrokenLinesTests
{
    [Test]
    public async Task A_long_line_continues_indented_and_commands_stay_whole()
    {
        string command = $"  provision plan {new string('x', 40)} --config y";
        using StringWriter terminal = new() { NewLine = "\n" };
        await using (BrokenLines lines = new(terminal, 60) { NewLine = "\n" })
        {
            await lines.WriteLineAsync("short");
            await lines.WriteAsync("  row       12 of the file with SHA-256 1234567890ab, and as many words as ");
            await lines.WriteLineAsync("it takes".AsMemory());
            await lines.WriteLineAsync(command);
            await lines.WriteAsync("no end");
        }

        Assert.That(terminal.ToString(), Is.EqualTo(
            $"short\n  row       12 of the file with SHA-256 1234567890ab, and as\n    many words as it takes\n{command}\nno end"));
    }
}
