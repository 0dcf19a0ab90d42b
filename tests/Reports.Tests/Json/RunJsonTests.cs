using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Tests.Samples;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Tests.Json;

public sealed class RunJsonTests
{
    [Test]
    public async Task A_masked_run_reads_as_stored() => Golden.Check("run-masked.json", await Write.Json(Runs.Report().Mask(Sample.Digests)));

    [Test]
    public async Task Outcomes_add_up_to_changed_and_users_without_operations_have_a_null_outcome()
    {
        using JsonDocument run = JsonDocument.Parse(await Write.Json(Runs.Report()));
        JsonElement summary = run.RootElement.GetProperty("summary");
        long sum = new[] { "done", "failed", "unknown", "stale", "skipped" }.Sum(name => summary.GetProperty(name).GetInt64());
        Assert.That(sum, Is.EqualTo(summary.GetProperty("changed").GetInt64()));
        JsonElement held = run.RootElement.GetProperty("users").EnumerateArray().Single(u => u.GetProperty("situation").GetString() == "held");
        Assert.That(held.GetProperty("outcome").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(held.GetProperty("verified").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(held.TryGetProperty("desired", out _), Is.False);
    }

    [Test]
    public async Task The_history_reads_as_stored()
    {
        RunsDocument runs = RunsDocument.From([Runs.Head(RunOutcome.Running) with { EndedAt = null, RunId = "run-3" },
            Runs.Head(RunOutcome.Interrupted), Runs.Head(RunOutcome.Succeeded) with { RunId = "run-1" }]);
        using MemoryStream stream = new();
        await JsonReports.WriteAsync(runs, stream, CancellationToken.None);
        Golden.Check("runs.json", Encoding.UTF8.GetString(stream.ToArray()));
        using StringWriter writer = new();
        await RunsText.WriteAsync(runs, Sample.Context, writer, TextStyle.Plain, CancellationToken.None);
        Golden.Check("runs.txt", writer.ToString());
    }

    [Test]
    public async Task An_error_has_kind_code_message_and_advice()
    {
        using MemoryStream stream = new();
        await JsonReports.WriteAsync(new ErrorDocument("noSource", "There is no file 'hr.csv'.", "Check the path."), stream, CancellationToken.None);
        Assert.That(Encoding.UTF8.GetString(stream.ToArray()), Is.EqualTo(
            """{"kind":"error","formatVersion":"1.0","code":"noSource","message":"There is no file 'hr.csv'.","advice":"Check the path."}""" + "\n"));
    }

    [Test]
    public void A_user_whom_the_run_left_half_way_shows_what_was_written_down()
    {
        RunUser user = new(People.Removes, null)
        {
            Recorded = System.Collections.Immutable.ImmutableDictionary<int, OperationResult>.Empty.Add(0,
                new(People.Removes.Plan.Operations[0], OperationOutcome.Done, Sample.At)),
            OpenIntents = [1],
        };
        UserEntry entry = UserEntries.From(user, Sample.Digests);
        Assert.That(entry.Operations.Select(o => o.Outcome),
            Is.EqualTo(new OperationOutcome?[] { OperationOutcome.Done, OperationOutcome.Unknown, null, null, null }));
        Assert.That(entry.Outcome, Is.Null);
    }

    [Test]
    public void Why_a_run_ended_comes_before_what_its_plan_had_to_say()
    {
        RunHeader run = Runs.Head(RunOutcome.Failed);
        Diagnostic ofRun = Diagnostic.Error("PP401", "No token.");
        Diagnostic ofPlan = Diagnostic.Warning("w", "A column is new.");
        run = run with { Diagnostics = [ofRun], Plan = run.Plan with { Diagnostics = [ofPlan, ofRun] } };
        Assert.That(PlanDocuments.From(run).Diagnostics, Is.EqualTo(new[] { ofRun, ofPlan }));
    }
}
