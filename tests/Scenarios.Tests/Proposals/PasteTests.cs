using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Proposals;

/// <summary>Every command that is proposed can be pasted, and means the same tenant and the same file.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PasteTests
{
    private static readonly string[] Reports = ["--report", "@report.md", "--report", "@report.html"];

    public static IEnumerable<TestCaseData> Folders() =>
        Scenario.All().Select(static s => new TestCaseData(s.Name).SetName($"Paste_{s.Name.Replace('-', '_')}"));

    [TestCaseSource(nameof(Folders))]
    public async Task Of_a_source(string name)
    {
        Scenario scenario = Scenario.All().Single(s => s.Name == name);
        await using Stage stage = await Stage.OpenAsync(scenario.SeedText, scenario.File.Settings);
        Paste paste = new(stage.Shell, scenario.Source);

        Answer plan = await stage.RunAsync(["plan", scenario.Source, .. Reports, .. scenario.File.Options]);
        await paste.AllAsync(Same(stage, plan), Tenant(stage));
        if (scenario.Faults is { } faults) stage.Sandbox.Faults = faults;
        Answer apply = await stage.RunAsync(["apply", scenario.Source, "--yes", .. Reports, .. scenario.File.Options]);
        stage.Sandbox.Faults = FaultPlan.None;
        await paste.AllAsync(Same(stage, apply), Tenant(stage));
        await paste.AllAsync(Proposed.InText((await stage.RunAsync("runs")).Output), Tenant(stage));

        if (apply.Exit != 0 || !plan.Output.Contains("Ready to apply", StringComparison.Ordinal)) return;
        Assert.That(paste.Verbs, Does.Contain("apply"));
        // Removed methods are registered anew by their owner; there is nothing that undo could do.
        Assert.That(paste.Verbs.Contains("undo"), Is.EqualTo(name != "authenticator-by-id"));
    }

    [TestCase("Never")]
    [TestCase("Always")]
    public async Task Of_a_saved_plan(string approval)
    {
        await using Stage stage = await Crew.StageAsync(3, new JsonObject { ["RequireApproval"] = approval });
        string source = stage.Shell.At("people.csv"), file = stage.Shell.At("plan one.json");
        Paste paste = new(stage.Shell, file);
        stage.Shell.Actor = "kim@ops-1";

        Answer plan = await stage.RunAsync(["plan", source, "--out", file, .. Reports]);
        Answer show = await stage.RunAsync("show", file);
        Assert.That(Proposed.InText(show.Output), Is.EqualTo(Same(stage, plan)));
        stage.Shell.Actor = "lee@ops-2";
        await paste.AllAsync(Same(stage, plan), Tenant(stage));
        stage.Shell.Actor = "pat@ops-3";
        Answer apply = await stage.RunAsync(["apply", file, "--yes", .. Reports]);
        await paste.AllAsync(Same(stage, apply), Tenant(stage));

        Assert.That(paste.Verbs, Is.EquivalentTo(approval == "Always" ? (string[])["approve", "apply", "audit", "undo"] : ["apply", "audit", "undo"]));
    }

    [Test]
    public async Task Of_runs_that_are_not_finished()
    {
        await using Stage stage = await Crew.StageAsync(4);
        string source = stage.Shell.At("people.csv"), undo = stage.Shell.At("undo.json");
        Paste paste = new(stage.Shell, source, undo);

        Answer limited = await stage.RunAsync(["apply", source, "--yes", "--limit", "1", .. Reports]);
        string run = (await stage.RunAsync("runs", "--format", "json")).Document.GetProperty("runs")[0].GetProperty("runId").GetString() ?? "";
        Assert.That(Proposed.InText((await stage.RunAsync("runs")).Output), Is.EqualTo(Same(stage, limited)));
        await paste.AllAsync(Same(stage, limited), Tenant(stage));
        await stage.RunAsync("resume", run, "--yes");
        Answer back = await stage.RunAsync(["undo", run, "--out", undo, .. Reports]);
        await paste.AllAsync(Same(stage, back), Tenant(stage));

        Assert.That(paste.Verbs, Is.EqualTo((string[])["resume", "apply"]));
    }

    [Test]
    public async Task Of_a_plan_that_is_blocked()
    {
        await using Stage stage = await Crew.StageAsync(3, new JsonObject { ["Guardrails"] = new JsonObject { ["MaxUpdates"] = 1 } });
        string source = stage.Shell.At("people.csv"), file = stage.Shell.At("plan.json");
        Paste paste = new(stage.Shell, source, file);

        Answer plan = await stage.RunAsync(["plan", source, .. Reports]);
        Answer saved = await stage.RunAsync(["plan", source, "--out", file, .. Reports]);
        await paste.AllAsync([.. Proposed.InText(plan.Output), .. Same(stage, saved)], Tenant(stage));
        Assert.That(plan.Exit, Is.EqualTo(3), $"{plan}");
        Answer again = await stage.RunAsync("show", file);

        Assert.That(again.Output, Does.Contain("Ready to apply"), "the plan that was saved again is allowed what was proposed");
    }

    [Test]
    public async Task Of_changes_of_one_user()
    {
        await using Stage stage = await Crew.StageAsync(3, new JsonObject { ["Policy"] = new JsonObject { ["LastMethod"] = "Allow" } });
        Paste paste = new(stage.Shell);

        foreach (string[] words in (string[][])[["remove-phone", Crew.Name(0), "mobile", "--allow", "protected=u00@contoso.com"], ["offboard", Crew.Name(1)]])
        {
            Answer dry = await stage.RunAsync([.. words, "--dry-run", "--reason", "leaves on Friday", .. Reports]);
            string[] proposed = Same(stage, dry);
            Assert.That(proposed, Has.Length.EqualTo(1).And.All.Contains(words[0]).And.None.Contains("--dry-run"), $"{dry}");
            await paste.AllAsync(proposed, Tenant(stage));
            Answer done = await stage.RunAsync([.. words, "--yes", .. Reports]);
            await paste.AllAsync(Same(stage, done), Tenant(stage));
        }

        Answer number = await stage.RunAsync("set-phone", Crew.Name(2), "+1 2065550777:mobile", "--dry-run");
        Assert.That(Proposed.InText(number.Output), Is.Empty, "a number is not repeated");
    }

    [Test]
    public async Task Of_what_is_refused()
    {
        await using Stage stage = await Crew.StageAsync(3, new JsonObject { ["RequireApproval"] = "Always" });
        string source = stage.Shell.At("people.csv"), file = stage.Shell.At("plan.json");
        Paste paste = new(stage.Shell, source, file);
        await stage.RunAsync("plan", source, "--out", file);

        foreach (string[] words in (string[][])
        [
            ["apply", source, "--yes"], ["apply", file, "--yes"], ["apply", file, "--allow", "deletes=3"], ["approve", file], ["resume", "r1"], ["show", "r1"],
        ])
        {
            Answer answer = await stage.RunAsync(words);
            string[] commands = Proposed.InText(answer.All);
            Assert.That(answer.Exit, Is.EqualTo(1).Or.EqualTo(3), $"{answer}");
            Assert.That(commands, Is.Not.Empty, $"{answer}");
            await paste.AllAsync(commands, Tenant(stage));
        }

        Assert.That(paste.Verbs, Is.SupersetOf((string[])["plan", "approve", "runs"]));
    }

    private static string Tenant(Stage stage) => stage.Sandbox.Tenant.TenantId.ToString();

    /// <summary>Text, Markdown and HTML propose the same.</summary>
    private static string[] Same(Stage stage, Answer answer)
    {
        string[] text = Proposed.InText(answer.Output);
        Assert.That(Proposed.InMarkdown(File.ReadAllText(stage.Shell.At("report.md"))), Is.EqualTo(text), "Markdown");
        Assert.That(Proposed.InHtml(File.ReadAllText(stage.Shell.At("report.html"))), Is.EqualTo(text), "HTML");
        return text;
    }
}
