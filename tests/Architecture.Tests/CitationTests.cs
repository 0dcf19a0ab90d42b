using System.Text.RegularExpressions;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>Rules that comments, messages and pages cite can be looked up in this repository.</summary>
public sealed partial class CitationTests
{
    private static readonly string[] Folders = ["engine", "connector", "tests", "config", "docs"];
    private static readonly string[] Texts = [".cs", ".md", ".json", ".txt", ".csproj"];

    [Test]
    public void Every_cited_page_and_heading_exists()
    {
        List<string> wrong = [];
        int found = 0;
        foreach ((string file, int number, string line) in Lines())
        {
            foreach (Match citation in Citation().Matches(line))
            {
                found++;
                string page = Path.Combine(Repository.Root, "docs", citation.Groups["page"].Value);
                if (!IsThere(page, citation.Groups["heading"].Value)) wrong.Add($"{file}:{number}: {citation.Value}");
            }
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(found, Is.GreaterThan(300), "Citations are recognised.");
    }

    [Test]
    public void Every_link_of_a_page_leads_somewhere()
    {
        List<string> wrong = [];
        foreach ((string file, int number, string line) in Lines().Where(l => l.File.EndsWith(".md", StringComparison.Ordinal)))
        {
            string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, file)) ?? Repository.Root;
            foreach (Match link in Link().Matches(Code().Replace(line, string.Empty)))
            {
                string path = link.Groups["path"].Value;
                string target = path.Length == 0 ? Path.Combine(Repository.Root, file) : Path.GetFullPath(Path.Combine(folder, path));
                if (!IsThere(target, link.Groups["heading"].Value)) wrong.Add($"{file}:{number}: {link.Value}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_path_that_a_page_names_exists()
    {
        string[] wrong = [.. Lines().Where(l => l.File.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(l => NamedPath().Matches(l.Text).Select(m => (l.File, l.Number, Path: m.Groups[1].Value)))
            .Where(named => !IsThere(Path.Combine(Repository.Root, named.Path), string.Empty)).Select(named => $"{named.File}:{named.Number}: {named.Path}")];

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_page_of_docs_is_in_its_index()
    {
        string index = File.ReadAllText(Path.Combine(Repository.Root, "docs", "README.md"));

        string[] missing = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(f => Path.GetFileName(f))
            .Where(name => name != "README.md" && !index.Contains($"({name})", StringComparison.Ordinal))];

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Nothing_cites_a_document_that_is_not_in_the_repository()
    {
        HashSet<string> known = [.. Files().Where(f => f.EndsWith(".md", StringComparison.Ordinal)).Select(f => Path.GetFileName(f))];

        string[] wrong = [.. Lines().Where(l => NumberedSection().IsMatch(l.Text)
                || l.File.EndsWith(".cs", StringComparison.Ordinal) && Comment().Match(l.Text) is { Success: true } comment
                && MarkdownFile().Matches(comment.Value).Any(m => !known.Contains(m.Value)))
            .Select(l => $"{l.File}:{l.Number}: {l.Text.Trim()}")];

        Assert.That(wrong, Is.Empty, "Cite a page and heading of docs/.");
    }

    private static bool IsThere(string path, string heading)
    {
        if (heading.Length == 0) return File.Exists(path) || Directory.Exists(path);
        return File.Exists(path) && Headings.Find(path).Contains(heading, StringComparer.Ordinal);
    }

    private static bool IsRecorded(string file) => file.Split('/').Any(part => part is "Fixtures" or "documents");

    private static IEnumerable<string> Files() =>
        Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "README.md")).Select(Repository.Relative).Select(f => f.Replace('\\', '/'))
            .Where(f => Texts.Contains(Path.GetExtension(f), StringComparer.Ordinal) && !f.Split('/').Any(part => part is "bin" or "obj" or "node_modules"));

    private static IEnumerable<(string File, int Number, string Text)> Lines() =>
        Files().Where(file => !IsRecorded(file))
            .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, file)).Select((text, i) => (file, i + 1, text)));

    // A sentence may end behind a page, and a placeholder is no citation.
    [GeneratedRegex(@"\bdocs/(?<page>[a-z][\w-]*\.md)(#(?<heading>[\w-]+))?")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\]\((?!https?:|mailto:)(?<path>[^)#\s]*)(#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:engine|connector|tests|config|docs)/[\w./-]+)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b[\w-]+\.md\b")]
    private static partial Regex MarkdownFile();

    // Sections by number, which no page here has.
    [GeneratedRegex(@"\b(?:(design|facts|conventions|pacing)(\.md)?,? (section )?[A-D]?\d|section \d+ of)", RegexOptions.IgnoreCase)]
    private static partial Regex NumberedSection();
}
