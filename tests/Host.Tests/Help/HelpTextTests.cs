using ProvisioningConnector.Host.Cli.Help;

namespace ProvisioningConnector.Host.Tests.Help;

/// <summary>How help is laid out.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HelpTextTests
{
    [Test]
    public void At_every_width_from_60_on_lines_fit_and_words_are_whole([Values(60, 61, 79, 80, 100, 120, 200)] int width)
    {
        Grammar grammar = new();
        foreach (string path in grammar.Verbs.Select(static verb => verb.Path).Prepend(""))
        {
            HelpTopic topic = grammar.Topic(path);
            string[] lines = [.. HelpText.Lines(topic, width).SelectMany(static line => line.Split('\n'))];

            // An example is pasted as it stands.
            string[] wide = [.. lines.Where(line => line.Length > width && !line.StartsWith("  provision ", StringComparison.Ordinal))];
            Assert.That(wide.Where(static line => line.Trim().Contains(' ', StringComparison.Ordinal)), Is.Empty, path);
            HashSet<string> words = [.. HelpText.Lines(topic, 10_000).SelectMany(Words)];
            Assert.That(lines.SelectMany(Words).Where(word => !words.Contains(word)), Is.Empty, path);
        }
    }

    [Test]
    public void The_manual_page_has_every_verb_with_its_options_and_examples()
    {
        Grammar grammar = new();

        string page = string.Join('\n', ManPage.Lines(grammar.Root, "1.0"))
            .Replace("\\-", "-", StringComparison.Ordinal).Replace("\\(aq", "'", StringComparison.Ordinal)
            .Replace("\\[u2026]", "…", StringComparison.Ordinal);

        foreach (string path in grammar.Verbs.Select(static verb => verb.Path))
        {
            HelpTopic topic = grammar.Topic(path);
            Assert.That(page, Does.Contain($".SS {topic.Usage}\n{topic.Summary}\n"));
            foreach (HelpRow row in topic.Sections.SelectMany(static section => section.Rows)) Assert.That(page, Does.Contain($".B {row.Name}\n{row.Text}\n"));
            foreach (VerbExample example in topic.Examples) Assert.That(page, Does.Contain($"provision {example.Command}\n{example.Meaning}"));
        }
    }

    [Test]
    public void No_text_of_the_manual_page_is_a_request_to_the_formatter()
    {
        string[] requests = [".TH", ".SH", ".SS", ".PP", ".TP", ".B"];

        string[] lines = [.. ManPage.Lines(new Grammar().Root, "1.0")];

        Assert.That(lines.Where(static line => line.StartsWith('.') || line.StartsWith('\'')).Select(static line => line.Split(' ')[0]).Distinct(),
            Is.SubsetOf(requests));
        Assert.That(lines, Has.None.Contains("\n"));
        Assert.That(lines.Where(static line => !line.All(char.IsAscii)), Is.Empty, "an older formatter takes bytes for characters");
    }

    private static string[] Words(string line) => line.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
