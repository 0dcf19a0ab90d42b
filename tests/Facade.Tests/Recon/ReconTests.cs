using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using ProvisioningConnector.Facade.Telemetry;

namespace ProvisioningConnector.Facade.Tests.Recon;

/// <summary>Reconciliation as a resource, over real HTTP, beside the command line on the same store.</summary>
public sealed class ReconTests
{
    private static readonly string[] Members =
        ["_id", "mapping", "state", "stage", "stageDescription", "progress", "situationSummary",
            "statusSummary", "durationSummary", "parameters", "started", "ended", "duration", "isAnalysis"];

    private static readonly string[] Situations =
    [
        "SOURCE_IGNORED", "TARGET_CHANGED", "SOURCE_TARGET_CONFLICT", "FOUND_ALREADY_LINKED",
        "UNQUALIFIED", "ABSENT", "TARGET_IGNORED", "MISSING", "ALL_GONE", "UNASSIGNED",
        "AMBIGUOUS", "CONFIRMED", "LINK_ONLY", "SOURCE_MISSING", "FOUND",
    ];

    [Test]
    public async Task A_reconciliation_answers_and_is_reported_in_the_documented_shape()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        rig.People(3, "nobody@contoso.com,+1 2065550190,\nuser09@contoso.com,12,\n");
        Reply started = await rig.RunAsync();
        Assert.That(started.Status, Is.EqualTo(200), started.Body + rig.Log);
        string id = started.Text("_id");
        Assert.That(started.Body, Is.EqualTo($$"""{"_id":"{{id}}","state":"SUCCESS"}"""));

        JsonElement status = (await rig.GetAsync($"recon/{id}")).Json;
        Assert.That(status.EnumerateObject().Select(p => p.Name), Is.EqualTo(Members));
        Assert.That(status.GetProperty("situationSummary").EnumerateObject().Select(p => p.Name), Is.EqualTo(Situations));
        Assert.That(status.GetProperty("progress").GetRawText(), Is.EqualTo(
            """{"source":{"existing":{"processed":5,"total":"5"}},"target":{"existing":{"processed":3,"total":"3"},"created":0,"unchanged":"""
            + """2,"updated":3,"deleted":0},"links":{"existing":{"processed":0,"total":"0"},"created":0}}"""));
        Assert.That(status.GetProperty("statusSummary").GetRawText(), Is.EqualTo("""{"SUCCESS":3,"FAILURE":2}"""));
        Assert.That(Counted(status), Is.EqualTo("SOURCE_IGNORED=1 ABSENT=1 FOUND=3"));
        Assert.That(status.GetProperty("parameters").GetRawText(), Is.EqualTo(
            """{"sourceQuery":{"resourceName":"source/hr","queryFilter":"true"},"targetQuery":"""
            + """{"resourceName":"system/one/user","queryFilter":"true"},"sourceIds":[]}"""));
        Assert.That(status.GetProperty("durationSummary").GetProperty("sourcePhase").EnumerateObject().Select(p => p.Name),
            Is.EqualTo(new[] { "min", "max", "mean", "count", "sum", "stdDev" }));
        Assert.That((status.GetProperty("stage").GetString(), status.GetProperty("stageDescription").GetString()),
            Is.EqualTo(("COMPLETED_SUCCESS", "reconciliation completed.")));
        Assert.That(status.GetProperty("ended").GetString(), Does.Match("^[0-9-]{10}T[0-9:.]{12}Z$"));
        JsonElement list = (await rig.GetAsync("recon")).Json;
        Assert.That(list.EnumerateObject().Single().Name, Is.EqualTo("reconciliations"));
        Assert.That(list.GetProperty("reconciliations").EnumerateArray().Single().GetRawText(), Is.EqualTo(status.GetRawText()));
    }

    [Test]
    public async Task A_second_reconciliation_writes_nothing()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        await rig.RunAsync();
        long writes = rig.Writes;
        string id = (await rig.RunAsync()).Text("_id");
        JsonElement status = (await rig.GetAsync($"recon/{id}")).Json;
        Assert.That((writes, rig.Writes), Is.EqualTo((5, 5)));
        Assert.That(Counted(status), Is.EqualTo("CONFIRMED=5"));
    }

    [Test]
    public async Task It_is_the_same_run_that_the_command_line_lists_and_shows_and_evidence_names_the_caller()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        string id = (await rig.RunAsync()).Text("_id");
        Assert.That((await rig.CommandAsync("runs")).Output, Does.Contain(id).And.Contain("succeeded"));
        (int exit, string shown) = await rig.CommandAsync("show", id, "--format", "json");
        Assert.That(exit, Is.Zero, shown);
        Assert.That(JsonDocument.Parse(shown).RootElement.GetProperty("actor").GetString(), Does.StartWith("key:ping"));
        Assert.That((await rig.CommandAsync("audit", "verify")).Exit, Is.Zero);
        string commands = (await rig.CommandAsync("apply", "hr", "--yes", "--format", "json")).Output;
        string run = JsonDocument.Parse(commands[..(commands.LastIndexOf('}') + 1)]).RootElement.GetProperty("runId").GetString() ?? "";
        Assert.That((await rig.GetAsync($"recon/{run}")).Text("mapping"), Is.EqualTo("hrToEntra"), "a command's run of the same source and tenant");
    }

    [Test]
    public async Task An_analysis_writes_nothing_and_its_entries_can_be_looked_at_page_by_page()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        rig.People(4, "nobody@contoso.com,+1 2065550190,\n");
        string id = (await rig.RunAsync("&persistAssociations=true&analyze=true")).Text("_id");
        Assert.That(rig.Writes, Is.Zero);
        Assert.That((await rig.CommandAsync("runs")).Output, Does.Not.Contain(id));
        JsonElement association = (await rig.GetAsync("recon/assoc")).Json.GetProperty("result").EnumerateArray().Single();
        Assert.That((association.GetProperty("_id").GetString(), association.GetProperty("isAnalysis").GetBoolean()), Is.EqualTo((id, true)));

        JsonElement absent = (await rig.GetAsync($"recon/assoc/{id}/entry?_queryFilter=situation eq \"ABSENT\"")).Json.GetProperty("result")
            .EnumerateArray().Single();
        Assert.That(absent.GetProperty("sourceObjectId").GetString(), Is.EqualTo("nobody@contoso.com"));
        List<string?> seen = [];
        string cookie = "";
        do
        {
            JsonElement page = (await rig.GetAsync($"recon/assoc/{id}/entry?_queryFilter=situation eq "
                + $"\"FOUND\"&_pageSize=3&_pagedResultsCookie={cookie}")).Json;
            seen.AddRange(page.GetProperty("result").EnumerateArray().Select(e => e.GetProperty("sourceObjectId").GetString()));
            cookie = page.GetProperty("pagedResultsCookie").GetString() ?? "";
        }
        while (cookie.Length > 0);
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 4).Select(ReconRig.Upn)));
        Assert.That((await rig.GetAsync($"recon/assoc/{id}/entry?_queryFilter=sitation eq \"FOUND\"")).Status, Is.EqualTo(400));
    }

    [TestCase("""{"allowEmptySourceSet":true}""", 403)]
    [TestCase("""{"sourceQuery":{"queryFilter":"true"}}""", 400)]
    [TestCase("""{"runTargetPhase":true}""", 400)]
    [TestCase("""{"alowEmptySourceSet":true}""", 400)]
    [TestCase("""{"allowEmptySourceSet":false,"runTargetPhase":false,"sourceQueryFullEntry":true}""", 200)]
    [TestCase("", 200)]
    public async Task What_would_widen_a_mapping_is_refused(string body, int status)
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        Assert.That((await rig.PostAsync("recon?_action=recon&mapping=hrToEntra&waitForCompletion=true", body)).Status, Is.EqualTo(status));
        Assert.That(rig.Writes, Is.EqualTo(status == 200 ? 5 : 0));
    }

    [TestCase("_action=recon&mapping=hrToEntra&analyse=true", 400)]
    [TestCase("_action=recon&mapping=hrToEntra&analyze=yes", 400)]
    [TestCase("_action=recon&mapping=hrToEntra&ids=x", 400)]
    [TestCase("_action=reconById&mapping=hrToEntra", 400)]
    [TestCase("_action=reconById&mapping=hrToEntra&ids=a&id=b", 400)]
    [TestCase("_action=recon", 400)]
    [TestCase("_action=reckon&mapping=hrToEntra", 400)]
    [TestCase("_action=recon&mapping=nothing", 409)]
    public async Task A_mistyped_request_does_nothing(string query, int status)
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        Reply reply = await rig.PostAsync($"recon?{query}&waitForCompletion=true");
        Assert.That((reply.Status, rig.Writes), Is.EqualTo((status, 0)), reply.Body);
        Assert.That((await rig.GetAsync("recon")).Body, Is.EqualTo("""{"reconciliations":[]}"""));
    }

    [Test]
    public async Task The_missing_identifier_is_reported_in_the_words_that_clients_know()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        Assert.That((await rig.PostAsync("recon?_action=reconById&mapping=hrToEntra")).Body, Is.EqualTo(
            """{"code":400,"reason":"Bad Request","message":"Action reconById requires a parameter &#39;ids&#39; with the identifier(s) to reconcile"}"""));
        Assert.That((await rig.GetAsync("recon/nothing")).Body,
            Is.EqualTo("""{"code":404,"reason":"Not Found","message":"Reconciliation with id nothing not found."}"""));
    }

    [Test]
    public async Task One_row_is_reconciled_alone_and_still_judged_by_the_whole_source()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        rig.People(3, $"{new Guid(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 9])},+1 2065550170,\n");
        string id = (await rig.PostAsync($"recon?_action=reconById&mapping=hrToEntra&ids={ReconRig.Upn(1)}&waitForCompletion=true")).Text("_id");
        JsonElement status = (await rig.GetAsync($"recon/{id}")).Json;
        Assert.That((Counted(status), rig.Writes), Is.EqualTo(("FOUND=1", 1)));
        Assert.That(status.GetProperty("parameters").GetProperty("sourceIds").GetRawText(), Is.EqualTo($"""["{ReconRig.Upn(1)}"]"""));

        id = (await rig.PostAsync($"recon?_action=reconById&mapping=hrToEntra&id={ReconRig.Upn(2)}&waitForCompletion=true")).Text("_id");
        Assert.That((Counted((await rig.GetAsync($"recon/{id}")).Json), rig.Writes), Is.EqualTo(("FOUND_ALREADY_LINKED=1", 1)),
            "another row names the same user by object id");
        Assert.That((await rig.PostAsync("recon?_action=reconById&mapping=hrToEntra&ids=none&waitForCompletion=true")).Text("state"), Is.EqualTo("FAILED"));
    }

    [Test]
    public async Task While_it_runs_it_reports_how_far_it_is_and_holds_its_tenant()
    {
        await using ReconRig rig = await ReconRig.StartAsync(ReconRig.SlowWrites);
        rig.People(ReconRig.Users);
        Reply started = await rig.PostAsync("recon?_action=recon&mapping=hrToEntra");
        string id = started.Text("_id");
        Assert.That(started.Body, Is.EqualTo($$"""{"_id":"{{id}}","state":"ACTIVE"}"""));
        Reply status = await rig.UntilAsync(id,
            s => s.GetProperty("progress").GetProperty("target").GetProperty("existing").GetProperty("processed").GetInt32() > 0);
        Assert.That((status.Text("state"), status.Text("stage"), status.Text("ended")), Is.EqualTo(("ACTIVE", "ACTIVE_RECONCILING_TARGET", "")));

        Reply other = await rig.RunAsync();
        Assert.That((other.Status, other.Body.Contains(id, StringComparison.Ordinal)), Is.EqualTo((409, true)), other.Body);
        Assert.That((await rig.GetAsync("recon")).Json.GetProperty("reconciliations").EnumerateArray().Select(r => r.GetProperty("state").GetString()),
            Is.EqualTo(new[] { "ACTIVE", "FAILED" }));
        Assert.That((await rig.CommandAsync("apply", "hr", "--yes")).Exit, Is.EqualTo(6));
        Assert.That((await rig.SendAsync("DELETE", $"recon/{id}")).Status, Is.EqualTo(409));

        Assert.That((await rig.PostAsync($"recon/{id}?_action=cancel")).Body, Is.EqualTo($$"""{"_id":"{{id}}","action":"cancel","status":"INITIATED"}"""));
        status = await rig.UntilAsync(id, s => s.GetProperty("state").GetString() != "ACTIVE");
        Assert.That((status.Text("state"), status.Text("stage"), status.Text("stageDescription")),
            Is.EqualTo(("CANCELED", "COMPLETED_CANCELED", "reconciliation aborted.")));
        Assert.That(status.Text("message"), Does.Contain($"resume the run {id}"));
        Assert.That(rig.Writes, Is.LessThan(ReconRig.Users));

        (int exit, string reported) = await rig.CommandAsync("resume", id, "--yes");
        Assert.That((exit, rig.Writes), Is.EqualTo((0, ReconRig.Users)), reported);
        Assert.That((await rig.PostAsync($"recon/{id}?_action=cancel")).Text("status"), Is.EqualTo("SUCCESS"));
    }

    [Test]
    public async Task A_signal_to_stop_leaves_a_run_that_can_be_resumed_and_a_restart_still_lists_it()
    {
        await using ReconRig rig = await ReconRig.StartAsync(ReconRig.SlowWrites);
        rig.People(ReconRig.Users);
        string id = (await rig.PostAsync("recon?_action=recon&mapping=hrToEntra")).Text("_id");
        await rig.UntilAsync(id, s => s.GetProperty("progress").GetProperty("target").GetProperty("existing").GetProperty("processed").GetInt32() > 0);
        await rig.CloseAsync();
        await rig.OpenAsync();
        Reply status = await rig.GetAsync($"recon/{id}");
        Assert.That((status.Text("state"), status.Text("mapping")), Is.EqualTo(("CANCELED", "hrToEntra")));
        Assert.That(status.Text("message"), Does.Contain($"resume the run {id}"));
        Assert.That(status.Json.GetProperty("situationSummary").GetProperty("FOUND").GetInt32(), Is.EqualTo(ReconRig.Users));
        (int exit, string reported) = await rig.CommandAsync("resume", id, "--yes");
        Assert.That((exit, rig.Writes), Is.EqualTo((0, ReconRig.Users)), reported);
        Assert.That((await rig.GetAsync($"recon/{id}")).Text("state"), Is.EqualTo("SUCCESS"));
    }

    [Test]
    public async Task To_delete_it_forgets_its_status_and_not_its_run()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        string id = (await rig.RunAsync()).Text("_id");
        Assert.That((await rig.SendAsync("DELETE", $"recon/{id}")).Status, Is.EqualTo(200));
        Assert.That((await rig.GetAsync($"recon/{id}")).Status, Is.EqualTo(404));
        Assert.That((await rig.GetAsync("recon")).Body, Is.EqualTo("""{"reconciliations":[]}"""));
        Assert.That((await rig.CommandAsync("runs")).Output, Does.Contain(id));
    }

    [Test]
    public async Task An_incremental_mapping_reads_only_who_may_have_changed()
    {
        await using ReconRig rig = await ReconRig.StartAsync(mapping: """ "Incremental": true, """);
        await rig.RunAsync();
        string id = (await rig.RunAsync()).Text("_id");
        Assert.That(Counted((await rig.GetAsync($"recon/{id}")).Json), Is.EqualTo("CONFIRMED=5"));
        Assert.That((await rig.CommandAsync("show", id)).Output, Does.Contain("0 of 5 users to read"));
    }

    [Test]
    public async Task Nothing_that_is_logged_holds_a_number()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        await rig.RunAsync();
        await rig.PostAsync("recon?_action=reconById&mapping=hrToEntra&ids=%2B12065550101&waitForCompletion=true");
        Assert.That(rig.Log, Does.Not.Contain("5550101"));
    }

    [Test]
    [NonParallelizable]
    public async Task It_is_measured_by_situation_and_outcome()
    {
        ConcurrentBag<string> measured = [];
        using MeterListener meters = new()
        {
            InstrumentPublished = (instrument,
            listener) =>
            { if (instrument.Meter.Name == Figures.Name) listener.EnableMeasurementEvents(instrument); }
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags,
            _) => measured.Add($"{instrument.Name}={value} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}"));
        meters.Start();
        await using ReconRig rig = await ReconRig.StartAsync();
        await rig.RunAsync();
        Assert.That(measured,
            Has.Some.EqualTo("provision.users=5 tenant=one situation=changed").And.Some.EqualTo("provision.operations=5 tenant=one outcome=done"));
    }

    private static string Counted(JsonElement status) =>
        string.Join(' ', status.GetProperty("situationSummary").EnumerateObject().Where(s => s.Value.GetInt64() > 0)
        .Select(s => $"{s.Name}={s.Value.GetInt64()}"));
}
