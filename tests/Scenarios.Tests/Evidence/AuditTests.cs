using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Evidence;

/// <summary>Audit trail shows everything, and what is done to it shows.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AuditTests
{
    [Test]
    public async Task Every_write_is_reported_twice_with_its_row_and_request()
    {
        await using Stage stage = await AppliedAsync();

        JsonElement[] trail = await stage.TrailAsync();

        JsonElement[] operations = [.. trail.Select(t => t.GetProperty("record")).Where(r => Lines.Text(r, "type") == "operation")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(operations.Select(o => (Lines.Text(o, "uid"), o.GetProperty("operation").GetProperty("position").GetInt32(), Lines.Text(o, "stage")))
                .Distinct().Count(), Is.EqualTo(2 * 6));
            foreach (JsonElement one in operations.Where(o => Lines.Text(o, "stage") == "executed"))
            {
                Assert.That(Lines.Text(one, "outcome"), Is.EqualTo("done"));
                Assert.That(Lines.Text(one, "requestId"), Is.Not.Null.And.Not.Empty);
                Assert.That(Lines.Text(one, "sentAt"), Is.Not.Null);
                Assert.That(Lines.Text(one, "actor"), Is.EqualTo("anna@here"));
                Assert.That(one.GetProperty("source").GetProperty("row").GetInt64(), Is.InRange(2, 4));
                Assert.That(Lines.Text(one.GetProperty("source"), "sha256"), Has.Length.EqualTo(64));
            }

            Assert.That(Types(trail), Does.Contain("runBegun").And.Contain("runEnded"));
            new Secrets().Learn(Crew.Source(3)).AreNotIn("audit trail", File.ReadAllText(stage.Shell.At("trail.ndjson")));
            if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(stage.Shell.At("trail.ndjson")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task An_untouched_trail_is_clean()
    {
        await using Stage stage = await AppliedAsync();

        Answer verify = await stage.RunAsync("audit", "verify", "--format", "json");

        Assert.That((verify.Exit, verify.Document.GetProperty("clean").GetBoolean()), Is.EqualTo((0, true)), $"{verify}");
        Assert.That(verify.Document.GetProperty("records").GetInt64(), Is.GreaterThan(13));
    }

    [TestCase("UPDATE audit SET body = (SELECT body FROM audit WHERE number = 6) WHERE number = 5", "edited")]
    [TestCase("UPDATE audit SET body = x'00' WHERE number = 3", "edited")]
    [TestCase("DELETE FROM audit WHERE number = 4", "missing")]
    [TestCase("DELETE FROM audit WHERE number = 1", "missing")]
    [TestCase("UPDATE audit SET number = 1000 WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 4; UPDATE audit SET number = 4 WHERE number = 1000",
        "brokenLink")]
    [TestCase("INSERT INTO audit SELECT max(number) + 1, mac, mac, body FROM audit WHERE number = (SELECT max(number) FROM audit)", "edited")]
    [TestCase("DELETE FROM audit WHERE number > 6", "cutOff")]
    [TestCase("DELETE FROM audit", "cutOff")]
    public async Task What_is_done_to_the_trail_is_found(string sql, string code)
    {
        await using Stage stage = await AppliedAsync();
        Tamper(stage, sql);

        Answer verify = await stage.RunAsync("audit", "verify", "--format", "json");

        Assert.That(verify.Exit, Is.EqualTo(1), $"{verify}");
        Assert.That(verify.Codes("findings"), Does.Contain(code), $"{verify}");
    }

    [Test]
    public async Task A_trail_that_was_cut_off_and_went_on_is_found_against_the_second_sink()
    {
        await using Stage stage = await AppliedAsync();
        Tamper(stage, "DELETE FROM audit WHERE number > 2");
        for (int i = 0; i < 20; i++) await stage.TrailAsync();

        Assert.That((await stage.RunAsync("audit", "verify", "--format", "json")).Codes("findings"), Does.Contain("replaced"));
    }

    [Test]
    public async Task Without_a_second_sink_a_missing_run_still_shows()
    {
        await using Stage stage = await AppliedAsync(headFile: false);
        await stage.RunAsync("apply", "@people.csv", "--yes");
        Tamper(stage, "DELETE FROM audit WHERE number > 14");

        Assert.That((await stage.RunAsync("audit", "verify", "--format", "json")).Codes("findings"), Is.EqualTo(new[] { "runNotTold" }));
    }

    [TestCase("DELETE FROM audit", "runNotTold")]
    [TestCase("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)", "endNotTold")]
    public async Task Without_a_second_sink_an_emptied_trail_and_a_missing_end_still_show(string sql, string code)
    {
        await using Stage stage = await AppliedAsync(headFile: false);
        Tamper(stage, sql);

        Answer verify = await stage.RunAsync("audit", "verify", "--format", "json");

        Assert.That((verify.Exit, verify.Codes("findings").Single()), Is.EqualTo((1, code)), $"{verify}");
    }

    [TestCase("", "secondSink")]
    [TestCase("not a head\n", "secondSink")]
    [TestCase(null, "secondSink")]
    public async Task A_second_sink_that_was_touched_is_found(string? content, string code)
    {
        await using Stage stage = await AppliedAsync();
        if (content is null) File.Delete(stage.Shell.At("heads.ndjson"));
        else File.WriteAllText(stage.Shell.At("heads.ndjson"), content);

        Answer verify = await stage.RunAsync("audit", "verify", "--format", "json");

        Assert.That(verify.Exit, Is.EqualTo(1), $"{verify}");
        Assert.That(verify.Codes("findings"), Does.Contain(code));
    }

    [Test]
    public async Task A_second_sink_that_cannot_be_written_stops_before_anything_is_written()
    {
        await using Stage stage = await AppliedAsync(headFile: false);
        int before = stage.Sandbox.Journal.AppliedWrites.Length;
        Directory.CreateDirectory(stage.Shell.At("heads.ndjson"));
        stage.Set(s => s["Audit"] = new JsonObject { ["HeadFile"] = "heads.ndjson" });
        stage.Shell.Write("people.csv", $"user,office\n{Crew.Name(0)},none\n");

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That((apply.Exit, apply.Text("code")), Is.EqualTo((1, "auditHeadFile")), $"{apply}");
        Assert.That(stage.Sandbox.Journal.AppliedWrites, Has.Length.EqualTo(before));
    }

    [Test]
    public async Task Overrides_reveals_exports_approvals_and_saved_plans_are_reported()
    {
        await using Stage stage = await Persons.RemovingAsync(3, new JsonObject { ["Guardrails"] = new JsonObject { ["MaxDeletes"] = "2" } });
        await stage.AsAsync("anna", "plan", "@people.csv", "--out", "@plan.json");
        await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "leavers", "--allow", "deletes=3");
        await stage.AsAsync("bob", "show", "@plan.json", "--reveal", "--reason", "review");
        await stage.AsAsync("anna", "export", "--out", "@now.csv", "--reveal");
        await stage.AsAsync("anna", "plan", "@people.csv", "--allow", "deletes=3", "--reason", "meant");

        JsonElement[] trail = await stage.TrailAsync();

        Assert.That(Types(trail), Is.EqualTo(new[] { "planSaved", "approval", "reveal", "reveal", "export", "override" }));
        Assert.That(trail.Select(t => Lines.Text(t.GetProperty("record"), "reason")), Is.EqualTo(new[] { null, "leavers", "review", null, null, "meant" }));
        Assert.That((await stage.RunAsync("audit", "verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_guardrail_that_was_loosened_since_the_last_run_is_shown_once()
    {
        await using Stage stage = await AppliedAsync();
        stage.Set(s => s.Tenant()["ProtectPrivileged"] = "Off");
        await stage.RunAsync("apply", "@people.csv", "--yes");
        await stage.RunAsync("apply", "@people.csv", "--yes");

        JsonElement[] loosened = [.. (await stage.TrailAsync()).Select(t => t.GetProperty("record")).Where(r => Lines.Text(r, "type") == "loosenedSetting")];

        Assert.That(loosened.Select(l => l.GetProperty("details")).Select(d => (Lines.Text(d, "setting"), Lines.Text(d, "before"), Lines.Text(d, "now"))),
            Is.EqualTo(new[] { ("ProtectPrivileged", "On", "Off") }));
    }

    [Test]
    public async Task Every_record_holds_the_mac_of_the_one_before()
    {
        await using Stage stage = await AppliedAsync();

        JsonElement[] trail = await stage.TrailAsync();

        Assert.That(trail.Skip(1).Select(t => Lines.Text(t, "previous")), Is.EqualTo(trail.SkipLast(1).Select(t => Lines.Text(t, "mac"))));
    }

    private static string[] Types(JsonElement[] trail) => [.. trail.Select(t => Lines.Text(t.GetProperty("record"), "type") ?? "")];

    /// <summary>Three users with two writes each.</summary>
    private static async Task<Stage> AppliedAsync(bool headFile = true)
    {
        Stage stage = await Crew.StageAsync(3);
        if (headFile) stage.Set(s => s["Audit"] = new JsonObject { ["HeadFile"] = "heads.ndjson" });
        Answer apply = await stage.AsAsync("anna", "apply", "@people.csv", "--yes");
        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        return stage;
    }

    private static void Tamper(Stage stage, string sql)
    {
        using SqliteConnection connection = new($"Data Source={stage.Shell.At("store.db")};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
