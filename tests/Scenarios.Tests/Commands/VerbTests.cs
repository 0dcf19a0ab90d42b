using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>The verbs around plan and apply.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class VerbTests
{
    private static readonly string[] Formats = ["text", "json", "markdown", "html"];

    [Test]
    public async Task An_export_applied_again_is_an_empty_plan()
    {
        await using Stage stage = await Stage.OpenAsync(EmbeddedSeeds.Contoso(), new JsonObject { ["ProtectPrivileged"] = "Off" });

        Answer export = await stage.RunAsync("export", "--out", "@all.csv", "--reveal");
        Answer apply = await stage.RunAsync("apply", "@all.csv", "--format", "json");

        Assert.That(export.Exit, Is.Zero, $"{export}");
        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(stage.Shell.At("all.csv")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(apply.Document.GetProperty("summary").GetProperty("changed").GetInt64(), Is.Zero, $"{apply}");
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task An_authoritative_export_in_every_form_is_an_empty_plan_until_a_phone_is_added(
        [Values("csv", "xlsx", "json", "ndjson")] string form)
    {
        await using Stage stage = await Stage.OpenAsync(EmbeddedSeeds.Contoso(), new JsonObject { ["ProtectPrivileged"] = "Off" });
        stage.Shell.UsesExecutable = true;
        Answer export = await stage.RunAsync("export", "--out", $"@all.{form}", "--reveal", "--authoritative");
        Assert.That(export.Exit, Is.Zero, $"{export}");

        Answer same = await stage.RunAsync("plan", $"@all.{form}", "--detailed-exitcode", "--format", "json");
        Assert.That((same.Exit, same.Document.GetProperty("users").GetArrayLength()), Is.EqualTo((0, 0)), $"{same}");

        SandboxUser without = stage.Sandbox.Tenant.Users.First(u => u.Mobile is not null && u.Office is null);
        stage.Sandbox.Tenant.Change(without.UserPrincipalName, new TenantChange.SetPhone(PhoneSlot.Office, "+1 2065559999"));
        Answer added = await stage.RunAsync("plan", $"@all.{form}", "--detailed-exitcode", "--reveal", "--format", "json");
        string[] operations = [.. added.Document.GetProperty("users").EnumerateArray()
            .SelectMany(u => u.GetProperty("operations").EnumerateArray()).Select(Lines.Format)];
        Assert.That((added.Exit, string.Join(' ', operations)), Is.EqualTo((2, "delete phone office +1 2065559999")), $"{added}");
    }

    [TestCase("all.txt")]
    [TestCase("all")]
    [TestCase("all.pdf")]
    public async Task An_export_with_an_ending_that_means_no_form_is_refused(string name)
    {
        await using Stage stage = await Crew.StageAsync(1);
        Answer export = await stage.RunAsync("export", "--out", $"@{name}", "--reveal", "--format", "json");
        Assert.That((export.Exit, export.Text("code"), File.Exists(stage.Shell.At(name))), Is.EqualTo((1, "exportForm", false)), $"{export}");
    }

    [Test]
    public async Task An_export_needs_reveal()
    {
        await using Stage stage = await Crew.StageAsync(1);

        Answer export = await stage.RunAsync("export", "--out", "@all.csv", "--format", "json");

        Assert.That((export.Exit, export.Text("code")), Is.EqualTo((1, "revealNeeded")));
        Assert.That(File.Exists(stage.Shell.At("all.csv")), Is.False);
    }

    [Test]
    public async Task Explain_reports_the_steps_masked_and_writes_nothing()
    {
        await using Stage stage = await Crew.StageAsync(3);

        Answer explain = await stage.RunAsync("explain", Crew.Name(1).ToUpperInvariant(), "--source", "@people.csv");

        Assert.That(explain.Exit, Is.Zero, $"{explain}");
        Assert.That(explain.Output, Does.Contain("people.csv:3").And.Contain("update phone mobile").And.Contain("add phone office"));
        new Secrets().Learn(Crew.Source(3)).AreNotIn("explain", explain.All);
        Assert.That((await stage.RunAsync("explain", Crew.Name(1), "--source", "@people.csv", "--reveal")).Output, Does.Contain("+1 2065550201"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task Explain_of_a_user_without_a_row_or_not_in_the_tenant_says_so()
    {
        await using Stage stage = await Crew.StageAsync(2);
        stage.Shell.Write("one.csv", $"user,mobile\n{Crew.Name(0)},+1 2065550200\n");

        Answer unmanaged = await stage.RunAsync("explain", Crew.Name(1), "--source", "@one.csv");
        Answer unknown = await stage.RunAsync("explain", "nobody@contoso.com", "--source", "@one.csv", "--format", "json");

        Assert.That(unmanaged.Output, Does.Contain("not managed by this source"));
        Assert.That((unknown.Exit, unknown.Text("code")), Is.EqualTo((1, "userNotFound")));
    }

    [Test]
    public async Task A_run_is_shown_again_and_stands_in_the_history()
    {
        await using Stage stage = await Crew.StageAsync(2);
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        string id = apply.Text("runId");

        foreach (string format in Formats)
        {
            Answer show = await stage.RunAsync("show", id, "--format", format);
            Assert.That(show.Exit, Is.Zero, $"{show}");
            Assert.That(show.Output, Does.Contain(Crew.Name(1)));
            new Secrets().Learn(Crew.Source(2)).AreNotIn(format, show.All);
        }

        Answer runs = await stage.RunAsync("runs");
        Assert.That(runs.Output, Does.Contain(id).And.Contain("succeeded"));
        JsonElement run = (await stage.RunAsync("runs", "--format", "json")).Document.GetProperty("runs")[0];
        Assert.That(Lines.Text(run, "planId"), Is.EqualTo(apply.Text("planId")));
    }

    [Test]
    public async Task Every_form_of_report_goes_to_stdout_and_to_files()
    {
        await using Stage stage = await Crew.StageAsync(3);
        string[] files = ["report.txt", "report.json", "report.md", "report.html"];

        Answer plan = await stage.RunAsync(["plan", "@people.csv", "--format", "markdown", .. files.SelectMany(f => (string[])["--report", "@deeper/" + f])]);

        Assert.That(plan.Exit, Is.Zero, $"{plan}");
        Assert.That(plan.Output, Does.StartWith("#"));
        foreach (string file in files) Assert.That(File.ReadAllText(stage.Shell.At("deeper/" + file)), Does.Contain(Crew.Name(2)), file);
        Assert.That((await stage.RunAsync("plan", "@people.csv", "--format", "html")).Output, Does.StartWith("<!doctype html>"));
    }

    [Test]
    public async Task A_report_that_cannot_be_written_does_not_lose_the_result_of_a_run()
    {
        await using Stage stage = await Crew.StageAsync(1);
        stage.Shell.Write("file", "");

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json", "--report", "@file/report.html");
        Answer wrongEnding = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json", "--report", "@report.doc");

        Assert.That(apply.Exit, Is.EqualTo(1), $"{apply}");
        Assert.That(apply.Text("outcome"), Is.EqualTo("succeeded"));
        Assert.That(apply.Error, Does.Contain("report.html"));
        Assert.That((wrongEnding.Exit, wrongEnding.Text("code")), Is.EqualTo((1, "unknownReportFormat")));
    }

    [Test]
    public async Task Apply_shows_the_plan_before_it_is_carried_out_unless_quiet()
    {
        await using Stage loud = await Crew.StageAsync(1);
        await using Stage quiet = await Crew.StageAsync(1);

        Assert.That((await loud.RunAsync("apply", "@people.csv", "--yes")).Error, Does.Contain("Ready to apply"));
        Assert.That((await quiet.RunAsync("apply", "@people.csv", "--yes", "--quiet")).Error, Is.Empty);
    }

    [Test]
    public async Task Doctor_finds_nothing_in_a_good_tenant_and_names_what_a_bad_one_lacks()
    {
        await using Stage good = await Crew.StageAsync(1);
        await using Stage bad = await Stage.OpenAsync(
            """{"settings":{"permissions":{"roles":"forbidden","reports":"forbidden","masking":"asterisks","preferences":"forbidden"}},"users":["""
            + """{"userPrincipalName":"ada@contoso.com","phones":{"mobile":"+1 2065550100"}}]}""");

        Answer well = await good.RunAsync("doctor", "--format", "json");
        Answer ill = await bad.RunAsync("doctor", "--format", "json");

        Assert.That(well.Exit, Is.Zero, $"{well}");
        Assert.That(ill.Exit, Is.EqualTo(1), $"{ill}");
        Dictionary<string, string?> verdicts = ill.Document.GetProperty("checks").EnumerateArray()
            .ToDictionary(c => Lines.Text(c, "name") ?? "", c => Lines.Text(c, "verdict"));
        Assert.That((verdicts["methods"], verdicts["roles"], verdicts["users"]), Is.EqualTo(("error", "error", "ok")), $"{ill}");
        Assert.That(bad.NotReads(), Is.Empty);
    }

    [Test]
    public async Task Rejected_rows_go_back_to_their_owner_with_the_reason()
    {
        await using Stage stage = await Crew.StageAsync(2);
        stage.Shell.Write("bad.csv", $"user,mobile,team\n{Crew.Name(0)},+1 2065550200,a\nnobody@contoso.com,+1 2065550201,b\n{Crew.Name(1)},12,c\n");

        Answer plan = await stage.RunAsync("plan", "@bad.csv", "--ignore-columns", "team", "--rejects", "@rejects.csv");

        Assert.That(plan.Exit, Is.EqualTo(4), $"{plan}");
        string[] rows = File.ReadAllLines(stage.Shell.At("rejects.csv"));
        Assert.That(rows, Has.Length.EqualTo(3));
        Assert.That(rows[1], Does.Contain("nobody@contoso.com").And.Contain("+1 2065550201"));
        Assert.That(rows[2], Does.Contain(Crew.Name(1)));
    }

    [Test]
    public async Task Rejected_rows_of_standard_input_go_back_too()
    {
        await using Stage stage = await Crew.StageAsync(1);
        stage.Shell.Piped = System.Text.Encoding.UTF8.GetBytes($"user,mobile\n{Crew.Name(0)},+1 2065550200\nnobody@contoso.com,+1 2065550201\n");

        Answer plan = await stage.RunAsync("plan", "-", "--input", "csv", "--rejects", "@rejects.csv", "--format", "json");

        Assert.That(plan.Exit, Is.EqualTo(4), $"{plan}");
        Assert.That(File.ReadAllText(stage.Shell.At("rejects.csv")), Does.Contain("nobody@contoso.com").And.Not.Contain(Crew.Name(0)));
    }

    [Test]
    public async Task A_named_source_is_read_as_the_configuration_says()
    {
        await using Stage stage = await Crew.StageAsync(2);
        JsonObject settings = JsonNode.Parse(File.ReadAllText(stage.Shell.ConfigFile))!.AsObject();
        settings["Sources"] = new JsonObject
        {
            ["hr"] = new JsonObject
            {
                ["Kind"] = "File", ["Path"] = "feed.dat",
                ["Input"] = "csv", ["Delta"] = true, ["IgnoreColumns"] = new JsonArray("team")
            }
        };
        stage.Shell.Configure(settings);
        stage.Shell.Write("feed.dat", $"user,mobile,team\n{Crew.Name(0)},+1 2065550200,x\n");

        Answer plan = await stage.RunAsync("plan", "HR", "--format", "json");
        Answer misspelt = await stage.RunAsync("plan", "hrr", "--format", "json");

        Assert.That(plan.Exit, Is.Zero, $"{plan}");
        Assert.That(plan.Document.GetProperty("source").GetProperty("delta").GetBoolean(), Is.True);
        Assert.That(misspelt.Text("advice"), Does.Contain("'hr'"));
    }

    [Test]
    public async Task Plan_reports_changes_by_its_exit_code_when_asked()
    {
        await using Stage stage = await Crew.StageAsync(1);

        Assert.That((await stage.RunAsync("plan", "@people.csv")).Exit, Is.Zero);
        Assert.That((await stage.RunAsync("plan", "@people.csv", "--detailed-exitcode")).Exit, Is.EqualTo(2));
    }

    [Test]
    public async Task Progress_is_reported_on_stderr_only()
    {
        await using Stage stage = await Crew.StageAsync(1);

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--progress", "json", "--format", "json");

        Assert.That(plan.Text("kind"), Is.EqualTo("plan"));
        Assert.That(plan.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.Not.Empty.And.All.StartsWith("{\"kind\":\"progress\""));
    }
}
