namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>Lives scenarios and shows, of every law that is broken, how often and the first story that breaks it.</summary>
internal static class Complaints
{
    public static void Check(IEnumerable<Scenario> scenarios, Func<Story, string?> complain)
    {
        int count = 0;
        Dictionary<string, (int Count, string First)> broken = [];
        foreach (Scenario scenario in scenarios)
        {
            count++;
            Story story = Story.Play(scenario);
            if (complain(story) is not { } complaint) continue;
            string law = complaint.Split(':')[0];
            broken[law] = broken.TryGetValue(law, out (int Count, string First) seen) ? (seen.Count + 1, seen.First) : (1, $"{complaint}\n{story}");
        }

        TestContext.Out.WriteLine($"{count} scenarios");
        Assert.That(broken.Select(b => $"{b.Value.Count} × {b.Value.First}"), Is.Empty);
        Assert.That(count, Is.GreaterThan(100));
    }
}
