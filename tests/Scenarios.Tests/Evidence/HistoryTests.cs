using System.Text.Json;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Evidence;

/// <summary>The helpdesk's question is answered from the store alone.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HistoryTests
{
    [Test]
    public async Task Decisions_operations_and_requests_of_all_runs_are_reported_newest_first()
    {
        await using Stage stage = await Crew.StageAsync(2);
        Answer first = await stage.AsAsync("anna", "apply", "@people.csv", "--yes", "--format", "json");
        stage.Shell.Write("later.csv", $"user,mobile\n{Crew.Name(1)},+1 2065550400\n");
        Answer second = await stage.AsAsync("carl", "apply", "@later.csv", "--yes", "--format", "json");
        stage.Sandbox.Journal.Clear();

        Answer history = await stage.RunAsync("history", Crew.Name(1).ToUpperInvariant(), "--format", "json");
        Answer text = await stage.RunAsync("history", Crew.Name(1));

        JsonElement[] runs = [.. history.Document.GetProperty("runs").EnumerateArray()];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(history.Exit, Is.Zero, $"{history}");
            Assert.That(runs.Select(r => Lines.Text(r, "runId")), Is.EqualTo(new[] { second.Text("runId"), first.Text("runId") }));
            Assert.That(runs.Select(r => Lines.Text(r, "appliedBy")), Is.EqualTo(new[] { "carl@here", "anna@here" }));
            Assert.That(runs.SelectMany(r => r.GetProperty("entry").GetProperty("operations").EnumerateArray())
                .Select(o => Lines.Text(o, "requestId") ?? "").ToArray(), Has.Length.EqualTo(3).And.All.Not.Empty, $"{history}");
            Assert.That(runs[0].GetProperty("entry").GetProperty("place").GetProperty("row").GetInt64(), Is.EqualTo(2));
            Assert.That(text.Output, Does.Contain(second.Text("runId")).And.Contain("update phone mobile").And.Contain("request ").And.Contain("later.csv"));
            Assert.That(stage.Sandbox.Journal.Requests, Is.Empty, "the tenant was asked");
            new Secrets().Learn(Crew.Source(2)).AreNotIn("history", history.All + text.All);
        }
    }

    [Test]
    public async Task An_object_id_is_as_good_as_a_name_and_reveal_shows_numbers()
    {
        await using Stage stage = await Crew.StageAsync(1);
        await stage.RunAsync("apply", "@people.csv", "--yes");
        string uid = stage.Sandbox.Tenant.User(Crew.Name(0)).Id.ToString();

        Answer history = await stage.RunAsync("history", uid, "--format", "json", "--reveal");

        Assert.That(history.Output, Does.Contain("+1 2065550200"), $"{history}");
        Assert.That((await stage.TrailAsync()).Select(t => Lines.Text(t.GetProperty("record"), "type")), Does.Contain("reveal"));
    }

    [Test]
    public async Task Holds_errors_and_users_that_were_not_found_are_reported_with_their_codes()
    {
        await using Stage stage = await Crew.StageAsync(1);
        stage.Shell.Write("people.csv", "user,mobile\nnobody@contoso.com,+1 2065550111\n");
        await stage.RunAsync("apply", "@people.csv", "--yes");

        Answer history = await stage.RunAsync("history", "nobody@contoso.com", "--format", "json");

        JsonElement entry = history.Document.GetProperty("runs")[0].GetProperty("entry");
        Assert.That(Lines.Text(entry, "situation"), Is.EqualTo("notFound"), $"{history}");
    }

    [Test]
    public async Task Nothing_known_is_said_so()
    {
        await using Stage stage = await Crew.StageAsync(1);

        Answer text = await stage.RunAsync("history", "x@contoso.com");
        Answer json = await stage.RunAsync("history", "x@contoso.com", "--format", "json");

        Assert.That((text.Exit, json.Exit), Is.EqualTo((0, 0)));
        Assert.That(text.Output, Does.Contain("x@contoso.com"));
        Assert.That(json.Document.GetProperty("runs").GetArrayLength(), Is.Zero);
    }
}
