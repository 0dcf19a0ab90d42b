using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>What cannot be taken back is asked about, or needs <c>--yes</c>; what is refused is refused before anything is shown.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class UpkeepQuestionTests
{
    private static readonly string[][] Verbs = [["store", "rekey"], ["runs", "prune", "--older-than", "00:00:00"], ["keys", "revoke", "KEY"]];

    [TestCaseSource(nameof(Verbs))]
    public async Task Without_a_terminal_and_without_yes_nothing_is_changed(params string[] verb)
    {
        (Stage stage, string[] words) = await OpenAsync(verb);
        await using Stage _ = stage;
        string before = await StateAsync(stage);

        Answer answer = await stage.RunAsync([.. words, "--format", "json"]);
        Answer text = await stage.RunAsync(words);

        Assert.That((answer.Exit, answer.Text("code")), Is.EqualTo((1, "confirmationNeeded")), $"{answer}");
        Assert.That(text.Error, Does.Contain($"  provision {string.Join(' ', words)} --yes --config "));
        Assert.That(await StateAsync(stage), Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Verbs))]
    public async Task A_person_is_asked(params string[] verb)
    {
        (Stage stage, string[] words) = await OpenAsync(verb);
        await using Stage _ = stage;
        string before = await StateAsync(stage);
        stage.Shell.Typed = "no";
        Answer declined = await stage.RunAsync([.. words, "--format", "json"]);
        Assert.That((declined.Exit, declined.Text("code")), Is.EqualTo((1, "declined")), $"{declined}");
        Assert.That(await StateAsync(stage), Is.EqualTo(before));
        stage.Shell.Typed = "yes";

        Answer done = await stage.RunAsync(words);

        Assert.That(done.Exit, Is.Zero, $"{done}");
        Assert.That(done.Error, Does.Contain("Type yes to continue."));
        Assert.That(await StateAsync(stage), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task A_second_apply_of_a_plan_is_refused_before_anything_is_shown()
    {
        await using Stage stage = await Crew.StageAsync(2);
        await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json");
        await stage.RunAsync("apply", "@plan.json", "--yes");
        stage.Shell.Typed = "yes";
        stage.Sandbox.Journal.Clear();

        Answer second = await stage.RunAsync("apply", "@plan.json");
        Answer approve = await stage.RunAsync("approve", "@plan.json", "--reason", "again");

        Assert.That((second.Exit, second.Output), Is.EqualTo((1, "")), $"{second}");
        Assert.That(second.Error, Does.StartWith("error: The plan p").And.Contain("was applied before, by run r").And.Not.Contain(Crew.Name(0)));
        Assert.That(approve.Error, Does.Contain("was applied before"));
    }

    [Test]
    public async Task An_approval_by_the_maker_of_a_plan_does_not_count_as_a_second_persons_and_says_so()
    {
        await using Stage stage = await Crew.StageAsync(3, new JsonObject { ["Guardrails"] = new JsonObject { ["MaxUpdates"] = 1 } });
        await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json");

        Answer own = await stage.RunAsync("approve", "@plan.json", "--allow", "updates=3", "--reason", "meant");
        stage.Shell.Actor = "someone@else";
        Answer other = await stage.RunAsync("approve", "@plan.json", "--allow", "updates=3", "--reason", "meant");

        Assert.That((own.Exit, other.Exit), Is.EqualTo((0, 0)), $"{own}{other}");
        Assert.That(own.Error, Does.Contain("does not count as the approval of a second person"));
        Assert.That(other.Error, Does.Not.Contain("second person"));
    }

    /// <summary>A store with a run and a key, and the words of a verb.</summary>
    private static async Task<(Stage Stage, string[] Words)> OpenAsync(string[] verb)
    {
        Stage stage = await Crew.StageAsync(1);
        await stage.RunAsync("apply", "@people.csv", "--yes");
        Answer key = await stage.RunAsync("keys", "new", "--name", "idm", "--tenant", "contoso", "--format", "json");
        return (stage, [.. verb.Select(word => word == "KEY" ? key.Text("id") : word)]);
    }

    /// <summary>History, keys and the key file.</summary>
    private static async Task<string> StateAsync(Stage stage) => string.Join('\n',
    [
        (await stage.RunAsync("history", Crew.Name(0), "--format", "json")).Output, (await stage.RunAsync("keys", "list", "--format", "json")).Output,
        .. Directory.EnumerateFiles(stage.Shell.Folder, "*.key").Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ]);
}
