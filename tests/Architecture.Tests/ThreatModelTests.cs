using System.Text.RegularExpressions;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>Every line of docs/threat-model.md names tests that exist and run.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "threat-model.md");

    [Test]
    public void Every_attack_names_a_test_that_exists_and_runs()
    {
        List<string> wrong = [];
        foreach (string line in Lines())
        {
            string[] named = [.. Named().Matches(line.Split(" | ")[^1]).Select(test => test.Value)];
            if (named.Length == 0) wrong.Add($"no test: {line}");
            wrong.AddRange(named.Where(test => !Exists(test)).Select(test => $"no such test: {test}"));
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(Lines().Count(), Is.GreaterThan(40), "Lines are recognised.");
    }

    [TestCase("Facade.Tests/WhoMayEnterTests.Every_way_to_fail_looks_the_same", true)]
    [TestCase("Facade.Tests/WhoMayEnterTests.Every_way_to_fail_looks", false)]
    [TestCase("Facade.Tests/BoundsTests.Every_way_to_fail_looks_the_same", false)]
    [TestCase("Crest.Tests/WhoMayEnterTests.Every_way_to_fail_looks_the_same", false)]
    [TestCase("Facade.Tests/FiguresTests.How_many_requests_pass_in_a_second", false)]
    public void A_test_is_known_by_project_class_and_method_and_runs_unasked(string test, bool exists) => Assert.That(Exists(test), Is.EqualTo(exists));

    /// <summary>Lines of the tables of attacks, without their heads.</summary>
    private static IEnumerable<string> Lines() => File.ReadLines(Page)
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| attack |", StringComparison.Ordinal));

    private static bool Exists(string test)
    {
        if (Named().Match(test) is not { Success: true } name) return false;
        string folder = Path.Combine("tests", name.Groups["project"].Value);
        if (!Directory.Exists(Path.Combine(Repository.Root, folder))) return false;
        return Repository.Sources(folder).Select(File.ReadAllLines)
            .Where(lines => lines.Any(line => line.Contains($" class {name.Groups["class"].Value}", StringComparison.Ordinal)))
            .Any(lines => IsRun(lines, Array.FindIndex(lines, line => IsHead(line, name.Groups["method"].Value))));
    }

    private static bool IsHead(string line, string method) =>
        line.TrimStart().StartsWith("public ", StringComparison.Ordinal) && line.Contains($" {method}(", StringComparison.Ordinal);

    /// <summary>Whether attributes above the method's line make it a test that needs no asking for: one that asks stands alone, or with its case.</summary>
    private static bool IsRun(string[] lines, int at)
    {
        string[] attributes = [.. lines.Take(Math.Max(0, at)).Reverse().Select(line => line.TrimStart()).TakeWhile(line => line is ['[', ..])];
        return attributes.Any(line => line.StartsWith("[Test", StringComparison.Ordinal) && !IsAsking(line))
            && !attributes.Any(line => !line.StartsWith("[Test", StringComparison.Ordinal) && IsAsking(line));
    }

    private static bool IsAsking(string attribute) =>
        attribute.Contains("Explicit", StringComparison.Ordinal) || attribute.Contains("Ignore", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<project>\w+\.Tests)/(?<class>\w+)\.(?<method>\w+)")]
    private static partial Regex Named();
}
