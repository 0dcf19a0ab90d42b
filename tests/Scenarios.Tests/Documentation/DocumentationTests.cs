using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Scenarios.Tests.Documentation;

/// <summary>Every command of README and docs runs as it is printed, in the order in which it stands, in a fresh folder, with the real executable.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed partial class DocumentationTests
{
    private const int MostNotRun = 15;
    private const int MostOfReadme = 8_000;

    private static readonly string Root = Checkout.Root;

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Order(StringComparer.Ordinal).Prepend(Path.Combine(Root, "README.md"))
            .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/'));

    private static IEnumerable<string> PagesWithCommands() =>
        Pages().Where(static page => Blocks(page).Any(static block => block is { IsCommands: true, NotRun: null }));

    [TestCaseSource(nameof(PagesWithCommands))]
    public async Task The_commands_of_a_page_do_what_it_says(string page)
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("The pages show commands of a Unix shell.");
        ImmutableArray<CommandBlock> blocks = Blocks(page);
        string folder = Prepared();
        try
        {
            (int exit, string output, string error) = await PageScript.RunAsync(folder, PageScript.Write(blocks));
            Assert.That(exit, Is.Zero, $"{page}\n{output}\n{error}");
            Assert.That(output, Does.Not.Contain("\"state\":\"FAILED\""), $"{page}\n{output}");
            foreach (CommandBlock shown in blocks.Where(static block => block.IsOutput)) AssertShown(shown, output + error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Few_blocks_cannot_run_and_each_says_why()
    {
        CommandBlock[] left = [.. Pages().SelectMany(static page => Blocks(page)).Where(static block => block is { IsCommands: true, NotRun: not null })];
        foreach (CommandBlock block in left) TestContext.Out.WriteLine($"not run: {block.Page}:{block.Line}: {block.NotRun}");
        Assert.That(left, Has.Length.LessThanOrEqualTo(MostNotRun));
        Assert.That(left.Select(static block => block.NotRun), Has.None.Empty);
    }

    [Test]
    public void Every_block_names_its_language_and_commands_stand_in_blocks_that_run()
    {
        CommandBlock[] blocks = [.. Pages().SelectMany(static page => Blocks(page))];
        Assert.That(blocks.Where(static block => block.Language.Length == 0).Select(static block => $"{block.Page}:{block.Line}"), Is.Empty);
        Assert.That(blocks.Where(static block => !block.IsCommands && !block.IsOutput && Command().IsMatch(block.Text))
            .Select(static block => $"{block.Page}:{block.Line}"), Is.Empty);
    }

    [Test]
    public void The_README_is_short() => Assert.That(File.ReadAllText(Path.Combine(Root, "README.md")), Has.Length.LessThanOrEqualTo(MostOfReadme));

    [Test]
    public void Pictures_that_pages_show_are_there()
    {
        IEnumerable<string> missing = from page in Pages()
                                      let folder = Path.GetDirectoryName(Path.Combine(Root, page)) ?? Root
                                      from Match picture in Picture().Matches(File.ReadAllText(Path.Combine(Root, page)))
                                      where !File.Exists(Path.Combine(folder, picture.Groups[1].Value))
                                      select $"{page}: {picture.Groups[1].Value}";
        Assert.That(missing, Is.Empty);
    }

    /// <summary>Ids and times differ from run to run, and so does the room in which a line is broken.</summary>
    private static void AssertShown(CommandBlock shown, string printed)
    {
        string all = Plain(printed);
        Assert.That(shown.Text.Split('\n').Select(static line => Plain(line).Trim()).Where(line => !all.Contains(line, StringComparison.Ordinal)), Is.Empty,
            $"{shown.Page}:{shown.Line} shows what the commands before it do not print:\n{printed}");
    }

    private static string Plain(string text) => Blanks().Replace(Varying().Replace(text, "#"), " ");

    private static ImmutableArray<CommandBlock> Blocks(string page) => CommandBlock.Read(page, File.ReadAllLines(Path.Combine(Root, page)));

    /// <summary>The samples, and the configuration that the pages call <c>contoso.json</c>, with a sandbox in the tenant's place.</summary>
    private static string Prepared()
    {
        string folder = Directory.CreateTempSubdirectory("provision-page-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "config", "samples"));
        foreach (string file in Directory.GetFiles(Path.Combine(Root, "config", "samples")))
        {
            File.Copy(file, Path.Combine(folder, "config", "samples", Path.GetFileName(file)));
        }

        File.Copy(Path.Combine(Root, "config", "samples", "people.csv"), Path.Combine(folder, "people.csv"));
        JsonObject Sandbox(string name) => new() { ["Kind"] = "Sandbox", ["State"] = $"{name}-state.json" };
        Write(folder, "contoso.json", new()
        {
            ["DefaultTenant"] = "contoso", ["Tenants"] = new JsonObject { ["contoso"] = Sandbox("contoso") },
            ["Sources"] = new JsonObject { ["hr"] = new JsonObject { ["Kind"] = "File", ["Path"] = "people.csv" } },
            ["Facade"] = new JsonObject { ["Mappings"] = new JsonObject { ["hrToEntra"] = new JsonObject { ["Source"] = "hr", ["Tenant"] = "contoso" } } },
        });
        Write(folder, "fleet.json", new()
        {
            ["DefaultTenant"] = "east", ["Tenants"] = new JsonObject { ["east"] = Sandbox("east"), ["west"] = Sandbox("west") },
        });
        return folder;
    }

    private static void Write(string folder, string name, JsonObject settings) => File.WriteAllText(Path.Combine(folder, name), settings.ToJsonString());

    [GeneratedRegex(@"^\s*(?:provision|curl|dotnet|openssl) ", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Command();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Picture();

    [GeneratedRegex(@"[pr]\d{8}-\d{6}-[0-9a-f]{6}|\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC|by \S+@\S+|\d+ reads|\d+ s\b|/\S*/people\.csv",
        RegexOptions.NonBacktracking)]
    private static partial Regex Varying();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
