using System.IO.Compression;
using System.Text.Json;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Readiness;

/// <summary>What <c>readiness</c> writes: never a number, at most 40 lines of text, files for their owner alone, cells without formulas.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadinessFileTests
{
    [Test]
    public async Task No_output_has_a_number_and_files_are_for_their_owner_alone()
    {
        await using Stage stage = await Tenants.StageAsync();

        Answer answer = await stage.RunAsync("readiness", "--as-of", "live", "--out", "@people.csv", "--report", "@people.json", "--report", "@people.xlsx",
            "--report", "@people.txt", "--report", "@people.html");

        Assert.That(answer.Exit, Is.EqualTo(4), $"{answer}");
        string sheet = Sheet(stage.Shell.At("people.xlsx"));
        foreach ((string what, string text) in new[]
        {
            ("stdout", answer.All), ("csv", File.ReadAllText(stage.Shell.At("people.csv"))), ("json", File.ReadAllText(stage.Shell.At("people.json"))),
            ("txt", File.ReadAllText(stage.Shell.At("people.txt"))), ("html", File.ReadAllText(stage.Shell.At("people.html"))), ("xlsx", sheet),
        })
        {
            Assert.That(text, Does.Not.Contain("20655501").And.Not.Contain("206 555").And.Not.Contain("example.org"), what);
            Assert.That(text, Does.Contain("B0"), what);
        }

        Assert.That(sheet, Does.Contain("gast_fabrikam.com#EXT#@contoso.com"));
        if (OperatingSystem.IsWindows()) return;
        foreach (string file in Directory.EnumerateFiles(stage.Shell.Folder, "people.*"))
        {
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }
    }

    [Test]
    public async Task Cells_that_a_spreadsheet_would_take_for_a_formula_are_neutralised()
    {
        await using Stage stage = await Tenants.StageAsync();

        await stage.RunAsync("readiness", "--out", "@people.csv", "--report", "@people.xlsx");

        Assert.That(File.ReadAllText(stage.Shell.At("people.csv")), Does.Contain(",'=Sales,").And.Not.Contain(",=Sales"));
        Assert.That(Sheet(stage.Shell.At("people.xlsx")), Does.Contain(">&apos;=Sales<"));
    }

    [Test]
    public async Task A_form_that_readiness_does_not_have_is_refused_before_anything_is_read()
    {
        await using Stage stage = await Tenants.StageAsync();

        Answer file = await stage.RunAsync("readiness", "--out", "@people.doc", "--format", "json");
        Answer form = await stage.RunAsync("readiness", "--format", "markdown");

        Assert.That((file.Exit, file.Text("code"), form.Exit), Is.EqualTo((1, "unknownReportFormat", 1)));
        Assert.That(stage.Sandbox.Journal.Requests, Is.Empty);
    }

    [Test]
    public async Task The_executable_reads_ten_thousand_people_of_every_kind_in_forty_lines()
    {
        using Shell shell = new();
        shell.Write("settings.json", """
            { "Tenants": { "m": { "Kind": "Sandbox", "Seed": "migration", "State": "state.json" } }, "DefaultTenant": "m",
              "Store": { "ConnectionString": "Data Source=store.db" } }
            """);

        Answer answer = await ProvisionProcess.RunAsync(shell.Folder, "readiness", "--config", shell.ConfigFile, "--report", "people.json");

        Assert.That(answer.Exit, Is.EqualTo(4), $"{answer}");
        Assert.That(answer.Output.TrimEnd().Split('\n'), Has.Length.LessThanOrEqualTo(40));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(shell.At("people.json")));
        JsonElement tenant = document.RootElement.GetProperty("tenants")[0];
        Dictionary<string, long> bands = tenant.GetProperty("bands").EnumerateArray()
            .ToDictionary(b => b.GetProperty("band").GetString() ?? "", b => b.GetProperty("people").GetInt64());
        Assert.That(bands.Values.Sum(), Is.EqualTo(10_000));
        Assert.That(tenant.GetProperty("people").EnumerateArray().CountBy(p => p.GetProperty("band").GetString() ?? "")
            .ToDictionary(c => c.Key, c => (long)c.Value),
            Is.EquivalentTo(bands.Where(b => b.Value > 0)));
    }

    private static string Sheet(string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(file);
        using StreamReader reader = new((archive.GetEntry("xl/worksheets/sheet1.xml") ?? throw new AssertionException("no sheet")).Open());
        return reader.ReadToEnd();
    }
}
