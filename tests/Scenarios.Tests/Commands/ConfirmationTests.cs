using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

[Parallelizable(ParallelScope.All)]
public sealed class ConfirmationTests
{
    [Test]
    public async Task A_person_sees_the_plan_masked_and_confirms_with_yes()
    {
        await using Stage stage = await Crew.StageAsync(2);
        stage.Shell.Typed = "yes";

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--format", "json");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(apply.Error, Does.Contain(Crew.Name(1)).And.Contain("Type yes"));
        new Secrets().Learn(Crew.Source(2)).AreNotIn("the question", apply.All);
        Assert.That(apply.Text("kind"), Is.EqualTo("run"));
    }

    [TestCase("no")]
    [TestCase("")]
    [TestCase("3")]
    public async Task Anything_else_writes_nothing(string typed)
    {
        await using Stage stage = await Crew.StageAsync(2);
        stage.Shell.Typed = typed;

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--format", "json");

        Assert.That((apply.Exit, apply.Text("code")), Is.EqualTo((1, "declined")));
        Assert.That(stage.NotReads(), Is.Empty);
        Assert.That((await stage.RunAsync("runs", "--format", "json")).Document.GetProperty("runs").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Deletions_are_confirmed_by_their_number()
    {
        await using Stage stage = await Crew.StageAsync(2);
        stage.Shell.Write("gone.csv", $"user,mobile,office\n{Crew.Name(0)},none,+1 2065550300\n{Crew.Name(1)},none,+1 2065550301\n");
        stage.Shell.Typed = "yes";
        Answer declined = await stage.RunAsync("apply", "@gone.csv", "--format", "json");
        stage.Shell.Typed = "2";

        Answer apply = await stage.RunAsync("apply", "@gone.csv", "--format", "json");

        Assert.That((declined.Exit, apply.Exit), Is.EqualTo((1, 0)), $"{apply}");
    }

    [Test]
    public async Task A_saved_plan_that_was_not_confirmed_can_still_be_applied()
    {
        await using Stage stage = await Crew.StageAsync(1);
        await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json");
        stage.Shell.Typed = "no";
        await stage.RunAsync("apply", "@plan.json");

        Answer apply = await stage.RunAsync("apply", "@plan.json", "--yes");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
    }

    [Test]
    public async Task Nothing_to_do_asks_nothing()
    {
        await using Stage stage = await Crew.StageAsync(1);
        stage.Shell.Write("same.csv", $"user,mobile\n{Crew.Name(0)},+1 2065550100\n");

        Answer apply = await stage.RunAsync("apply", "@same.csv", "--format", "json");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(apply.Text("outcome"), Is.EqualTo("succeeded"));
    }
}
