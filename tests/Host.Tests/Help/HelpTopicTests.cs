using System.CommandLine;
using ProvisioningConnector.Host.Cli.Commands;
using ProvisioningConnector.Host.Cli.Help;

namespace ProvisioningConnector.Host.Tests.Help;

/// <summary>Help is made from the grammar, and has all of it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HelpTopicTests
{
    private static IEnumerable<string> Paths => new Grammar().Verbs.Select(static verb => verb.Path);

    [Test]
    public void The_program_s_help_has_every_verb_in_one_group()
    {
        string[] shown = [.. VerbGroups.All.SelectMany(static group => group.Verbs)];

        Assert.That(shown, Is.EquivalentTo(HelpTopics.Below(new Grammar().Root).Select(static verb => verb.Name)));
    }

    [Test]
    public void Every_general_option_has_its_place()
    {
        string[] names = [.. new Grammar().Root.Options.Where(static option => option is not VersionOption).Select(static option => option.Name)];

        Assert.That(GeneralOptions.Names, Is.EquivalentTo(names));
    }

    [Test]
    public void General_options_name_only_verbs_that_there_are() => Assert.That(GeneralOptions.Verbs.Distinct(), Is.SubsetOf(Paths));

    [TestCaseSource(nameof(Paths))]
    public void A_verb_s_own_arguments_and_options_come_first(string path)
    {
        Grammar grammar = new();
        Command verb = grammar.Verbs.Single(one => one.Path == path).Verb;

        string[] titles = [.. grammar.Topic(path).Sections.Select(static section => section.Title)];

        string[] own =
        [
            .. Own("Verbs", HelpTopics.Below(verb).Any()), .. Own("Arguments", verb.Arguments.Count > 0), .. Own("Options", verb.Options.Count > 0),
        ];
        Assert.That(titles.Take(own.Length), Is.EqualTo(own));
        Assert.That(titles[^1], Is.EqualTo("Configuration and help"));

        static string[] Own(string title, bool isThere) => isThere ? [title] : [];
    }

    [TestCaseSource(nameof(Paths))]
    public void Every_option_that_takes_a_value_says_which(string path)
    {
        string[] rows = [.. new Grammar().Topic(path).Sections.SelectMany(static section => section.Rows).Select(static row => row.Name)];

        Assert.That(rows, Has.None.Contains("VALUE"));
    }

    [TestCaseSource(nameof(Paths))]
    public void Every_verb_has_two_or_three_examples_that_parse(string path)
    {
        Grammar grammar = new();

        HelpTopic topic = grammar.Topic(path);

        Assert.That(topic.Examples, Has.Length.InRange(2, 3));
        foreach (VerbExample example in topic.Examples)
        {
            ParseResult parsed = grammar.Root.Parse(example.Command.Replace('\'', '"'));
            Assert.That(UsageErrors.Of(grammar.Root, parsed), Is.Null, example.Command);
            Assert.That(HelpTopics.Path(grammar.Root, parsed.CommandResult.Command), Is.EqualTo(path), example.Command);
        }
    }

    [TestCase("plan", "--format text|json|markdown|html", "(default: text)")]
    [TestCase("apply", "--progress auto|plain|json|none", "(default: auto)")]
    [TestCase("runs", "--tenant NAME", "(default: DefaultTenant)")]
    [TestCase("explain", "--source SOURCE", "(needed)")]
    public void Defaults_are_shown(string path, string option, string usual)
    {
        HelpRow row = new Grammar().Topic(path).Sections.SelectMany(static section => section.Rows).Single(row => row.Name == option);

        Assert.That(row.Text, Does.EndWith(usual));
    }
}
