using System.Text.RegularExpressions;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>Rules of the house that a compiler does not know.</summary>
public sealed partial class HouseRuleTests
{
    private static readonly string[] Code = ["engine", "connector", "tests"];

    [Test]
    public void No_file_is_longer_than_300_lines()
    {
        string[] longOnes = [.. Code.SelectMany(Repository.Sources).Where(f => File.ReadLines(f).Count() > 300).Select(Repository.Relative)];

        Assert.That(longOnes, Is.Empty);
    }

    [Test]
    public void No_line_is_longer_than_160_columns()
    {
        string[] longOnes = [.. Code.SelectMany(Repository.Sources).SelectMany(file => File.ReadLines(file)
            .Select((line, at) => (Text: $"{Repository.Relative(file)}:{at + 1}", Line: line))
            .Where(line => line.Line.EnumerateRunes().Count() > 160).Select(line => line.Text))];

        Assert.That(longOnes, Is.Empty, "Break strings at a word with +, and raw strings where a new line means nothing.");
    }

    [Test]
    public void Every_larger_folder_of_the_product_has_a_README()
    {
        string[] rooms = ["engine", "engine/Model/Numbers", "engine/Pacing", "connector/Crest",
            "connector/Graph", "connector/Sandbox", "connector/Stores", "connector/Reports", "connector/Icf",
            "engine/Pipeline", "connector/Host", "connector/Composition", "connector/Facade", "connector/Sources", "config", "tests"];

        string[] silent = [.. rooms.Where(r => !File.Exists(Path.Combine(Repository.Root, r, "README.md")))];

        Assert.That(silent, Is.Empty);
    }

    [Test]
    public void No_code_reads_the_clock()
    {
        string[] lookers = [.. new[] { "engine",
            "connector" }.SelectMany(Repository.Sources).Where(f => Clock().IsMatch(File.ReadAllText(f))).Select(Repository.Relative)];

        Assert.That(lookers, Is.Empty, "Time comes in as TimeProvider.");
    }

    [Test]
    public void No_mutable_static_field_exists()
    {
        string[] holders = [.. new[] { "engine",
            "connector" }.SelectMany(Repository.Sources).Where(f => MutableStatic().IsMatch(File.ReadAllText(f))).Select(Repository.Relative)];

        Assert.That(holders, Is.Empty);
    }

    [Test]
    public void Nothing_forgives_null_outside_tests()
    {
        string[] forgivers = [.. new[] { "engine",
            "connector" }.SelectMany(Repository.Sources).Where(f => Forgiving().IsMatch(File.ReadAllText(f))).Select(Repository.Relative)];

        Assert.That(forgivers, Is.Empty);
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bEnvironment\.TickCount|\bStopwatch\.")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^\s*(private|internal|public|protected)\s+static\s+"
        + @"(?!readonly|partial|async|class|record|extern|explicit|implicit|abstract|unsafe|.*\boperator\b)"
        + @"[\w<>\[\],.?\s]+\s_?\w+\s*(=(?!>)[^;{]*)?;\s*$", RegexOptions.Multiline)]
    private static partial Regex MutableStatic();

    [GeneratedRegex(@"[\w\)\]]!(\.|;|,|\)|\[)")]
    private static partial Regex Forgiving();
}
