using System.Text.RegularExpressions;
using ProvisioningConnector.Engine.Model.Codes;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>The table of codes, the sources, the tests and <c>docs/codes.md</c> have the same codes.</summary>
public sealed partial class CodeTableTests
{
    /// <summary>Codes that no test provokes, and why.</summary>
    private static readonly Dictionary<string, string> Untested = new(StringComparer.Ordinal)
    {
        ["PP315"] = "the executor replaces it by noTrustworthyAnswer, whose message has its advice",
        ["auditLogLong"] = "needs an audit log whose reading takes longer than its budget",
        ["registrationReportLong"] = "needs a report whose reading takes longer than its budget",
        ["atWork"] = "needs a run of another process that is still at work",
        ["sqlLocked"] = "needs another process that locks the database longer than the driver waits",
        ["io"] = "every file that commands use has an error of its own; this is the last resort",
        ["overLimit"] = "the plan shows the limit; needs another who uses it up between the plan and its confirmation",
        ["nothingToDo"] = "needs another who makes the same change between the plan and its confirmation",
        ["passwordsDiffer"] = "needs a terminal that answers two questions differently",
        ["fileUnreadable"] = "needs a file without permission, which the superuser reads all the same",
        ["htmlTooLarge"] = "needs more users than fit into one page",
        ["tooManyRows"] = "needs more people than fit into one sheet",
        ["noSuchForm"] = "only forms without codes lead there",
        ["internalError"] = "would need a fault of the program",
        ["unavailable"] = "answers with 503 have a code of their own; this is the last resort",
        ["idempotencyInProgress"] = "needs a request that is still at work when its repeat arrives",
        ["notInTenantLog"] = "needs an audit trail with an operation that the tenant's log does not have",
        ["noDate"] = "needs a tenant in another cloud",
        ["passkeyNoUsableType"] = "the sandbox has no passkey profiles",
        ["passkeyProfilesCombine"] = "the sandbox has no passkey profiles",
    };

    private IReadOnlyDictionary<string, string> _used = new Dictionary<string, string>();

    [OneTimeSetUp]
    public void Read() => _used = CodesInSources.Read();

    [Test]
    public void Every_code_of_the_sources_is_in_the_table()
    {
        HashSet<string> known = [.. CodeTable.All.Select(code => code.Code)];

        Assert.That(_used, Has.Count.GreaterThan(300));
        Assert.That(_used.Where(code => !known.Contains(code.Key)).Select(code => $"{code.Key} in {code.Value}"), Is.Empty);
    }

    [Test]
    public void Every_code_of_the_table_is_used_and_is_there_once()
    {
        Assert.That(CodeTable.All.Select(code => code.Code).Where(code => !_used.ContainsKey(code)), Is.Empty);
        Assert.That(CodeTable.All.Select(code => code.Code), Is.Unique);
    }

    [Test]
    public void Every_code_has_a_place_and_a_sentence()
    {
        Assert.That(CodeTable.All.Where(code => code.Where == CodePlaces.None || !Sentence().IsMatch(code.Meaning)), Is.Empty);
    }

    /// <summary>In a text of a test's source, or in a golden file or fixture; a constant counts by its name.</summary>
    [Test]
    public void Every_code_occurs_in_a_test()
    {
        HashSet<string> words = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*", SearchOption.AllDirectories).Where(IsTest))
        {
            string text = File.ReadAllText(file);
            IEnumerable<string> parts = file.EndsWith(".cs", StringComparison.Ordinal)
                ? Texts().Matches(text).Select(match => match.Value).Concat(Constants().Matches(text).Select(match => Camel(match.Groups[1].Value)))
                : [text];
            foreach (string part in parts) words.UnionWith(Words().Matches(part).Select(match => match.Value));
        }

        string[] missing = [.. CodeTable.All.Select(code => code.Code).Where(code => !words.Contains(code))];

        Assert.That(missing.Except(Untested.Keys), Is.Empty, "Provoke it in a test, and assert the code.");
        Assert.That(Untested.Keys.Except(missing), Is.Empty, "These are tested by now.");
    }

    [Test]
    public void The_page_of_codes_is_the_table()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "codes.md"));

        Assert.That(page[page.IndexOf("\n## ", StringComparison.Ordinal)..].Trim(), Is.EqualTo(Page().Trim()));
    }

    private static string Page() => string.Concat(CodeTable.Families.Select(family => $"\n## {family.Title}\n\n| code | meaning | where |\n|---|---|---|\n"
        + string.Concat(family.Codes.Select(code => $"| `{code.Code}` | {code.Meaning} | {Places(code.Where)} |\n"))));

    private static string Places(CodePlaces places) =>
        string.Join(", ", Enum.GetValues<CodePlaces>().Where(place => place != CodePlaces.None && places.HasFlag(place))
            .Select(place => Camel(place.ToString())));

    private static bool IsTest(string file)
    {
        string path = Repository.Relative(file).Replace('\\', '/');
        return !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
            && Path.GetFileName(path) != "CodeTableTests.cs"
            // Descriptions name what may be answered.
            && !path.Contains("/Facade.Tests/Plain/Fixtures/", StringComparison.Ordinal)
            && Path.GetExtension(path) is ".cs" or ".json" or ".ndjson" or ".md" or ".txt" or ".html" or ".csv";
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex("^[A-Z].*\\.$")]
    private static partial Regex Sentence();

    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex Texts();

    [GeneratedRegex(@"\b(?:\w+Codes|TenantQuarantine|AuditFinding)\.(\w+)")]
    private static partial Regex Constants();

    [GeneratedRegex("[A-Za-z][A-Za-z0-9]*")]
    private static partial Regex Words();
}
