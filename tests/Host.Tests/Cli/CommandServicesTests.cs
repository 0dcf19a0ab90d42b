using Microsoft.Extensions.Hosting;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Commands;

namespace ProvisioningConnector.Host.Tests.Cli;

/// <summary>Verbs are made by the container of their command.</summary>
public sealed class CommandServicesTests
{
    private static IEnumerable<Type> Verbs => typeof(CommandHost).Assembly.GetTypes().Where(static type => type is { IsClass: true, IsNested: false }
        && (type.Name.EndsWith("Verb", StringComparison.Ordinal) || type.Name.EndsWith("Verbs", StringComparison.Ordinal)));

    [TestCaseSource(nameof(Verbs))]
    public void Every_verb_is_made_of_what_is_registered(Type verb)
    {
        Terminal terminal = new(Stream.Null, TextWriter.Null, static () => Stream.Null, false, false, false);
        using IHost composed = new CommandHost(terminal, TimeProvider.System).Compose(new CommonOptions(), signals: default, log: null);

        Assert.That(composed.Services.GetService(verb), Is.InstanceOf(verb));
    }

    [Test]
    public void The_verbs_were_found() => Assert.That(Verbs.Count(), Is.GreaterThan(20));
}
