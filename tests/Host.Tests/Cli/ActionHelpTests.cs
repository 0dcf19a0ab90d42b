using System.CommandLine;
using ProvisioningConnector.Host.Cli.Commands;

namespace ProvisioningConnector.Host.Tests.Cli;

/// <summary>What the verbs for one user say of themselves.</summary>
public sealed class ActionHelpTests
{
    [TestCase("remove-phone", "mobile|alternateMobile|office")]
    [TestCase("preferred-method", "push|oath|sms|voiceMobile|voiceAlternateMobile|voiceOffice")]
    public void Help_spells_words_as_they_are_spelt_everywhere_and_every_one_can_be_typed_in_any_case(string verb, string words)
    {
        RootCommand root = new();
        ActionCommands.AddTo(root, new NoVerbs());

        Assert.That(root.Subcommands.Single(c => c.Name == verb).Arguments[1].HelpName, Is.EqualTo(words));
        foreach (string word in words.Split('|'))
        {
            Assert.That(root.Parse([verb, "ada@contoso.com", word]).Errors, Is.Empty, word);
            Assert.That(root.Parse([verb, "ada@contoso.com", word.ToUpperInvariant()]).Errors, Is.Empty, word);
        }

        Assert.That(root.Parse([verb, "ada@contoso.com", "fax"]).Errors, Is.Not.Empty);
    }

    /// <summary>For the grammar alone.</summary>
    private sealed class NoVerbs : IVerbRunner
    {
        public Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CancellationToken, Task<int>> call)
            where TVerb : class => Task.FromResult(0);
    }
}
