using ProvisioningConnector.Host.Cli;

namespace ProvisioningConnector.Host.Tests.Cli;

/// <summary>What a command writes beside its result shows what cannot be seen.</summary>
public sealed class ErrorLinesTests
{
    [Test]
    public async Task Errors_that_do_not_end_a_command_show_what_cannot_be_seen([Values] bool quiet)
    {
        using StringWriter error = new();
        Terminal terminal = new(Stream.Null, error, () => Stream.Null, false, false, false);
        Messages messages = new(new CommonOptions { Quiet = quiet }, terminal);

        await messages.ReportErrorAsync("No file 'a\u200bb\u001b[2J\u202e'.\nNext line.");

        Assert.That(error.ToString(),
            Is.EqualTo($"error: No file 'a\\u{{200b}}b\\u{{1b}}[2J\\u{{202e}}'.{Environment.NewLine}Next line.{Environment.NewLine}"));
    }

    [Test]
    public void A_question_shows_what_cannot_be_seen()
    {
        using StringWriter error = new();
        Terminal terminal = new(Stream.Null, error, () => new MemoryStream("no\n"u8.ToArray()), false, false, true);

        Assert.That(terminal.Ask("Write to 'con\u200btoso'?\n> "), Is.EqualTo("no"));
        Assert.That(error.ToString(), Does.Contain("con\\u{200b}toso").And.EndWith("> "));
    }
}
