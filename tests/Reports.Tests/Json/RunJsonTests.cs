using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Reconciliation;
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
        RunsDocument runs = RunsDocument.Of([Runs.Head(RunOutcome.Running) with { EndedAt = null, RunId = "run-3" }, Runs.Head(RunOutcome.Interrupted), Runs.Head(RunOutcome.Succeeded) with { RunId = "run-1" }]);
        using MemoryStream stream = new();
        await JsonReports.WriteAsync(runs, stream, CancellationToken.None);
        Golden.Check("runs.json", Encoding.UTF8.GetString(stream.ToArray()));
        using StringWriter writer = new();
        await RunsText.WriteAsync(runs, writer, TextStyle.Plain, CancellationToken.None);
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
}
