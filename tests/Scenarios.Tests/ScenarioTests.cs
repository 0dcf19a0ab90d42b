using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests;

/// <summary>Every folder under <c>Scenarios</c>, through the command line, the sources, the engine and real HTTP.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ScenarioTests
{
    public static IEnumerable<TestCaseData> Folders() =>
        Scenario.All().Select(s => new TestCaseData(s.Name).SetName(s.File.Title.Replace(' ', '_').Replace('.', '·')));

    [TestCaseSource(nameof(Folders))]
    public async Task Plays(string name)
    {
        Scenario scenario = Scenario.All().Single(s => s.Name == name);
        await using Stage stage = await Stage.OpenAsync(scenario.SeedText, scenario.File.Settings);

        await new ScenarioRun(scenario, stage).PlayAsync();
    }
}
