using System.Text.RegularExpressions;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Journal;

/// <summary>What the README shows is what the sandbox reads.</summary>
public sealed class Readme_tests
{
    private static List<string> JsonBlocks() =>
        [.. Regex.Matches(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Sandbox.README.md")),
            "```json\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];

    [Test]
    public async Task The_seed_the_settings_and_the_fault_plan_of_the_readme_can_be_used()
    {
        List<string> blocks = JsonBlocks();
        Assert.That(blocks, Has.Count.EqualTo(3));
        SandboxSeed seed = SeedReader.Parse(blocks[0]);
        SandboxSettings? quota = SeedReader.Parse($$"""{ "settings": {{blocks[1]}} }""").Settings;
        await using Stage stage = await Stage.Open(new SandboxOptions { Seed = seed, Settings = quota, Faults = FaultPlan.Parse(blocks[2]) });
        Assert.That(stage.Tenant.Users, Has.Length.EqualTo(100_003));
        Assert.That((await stage.Client.Get("/v1.0/users?$top=999")).Value, Has.Length.EqualTo(999));
    }
}
