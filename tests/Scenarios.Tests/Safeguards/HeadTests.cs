using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;
using ProvisioningConnector.Stores.Notes;

namespace ProvisioningConnector.Scenarios.Tests.Safeguards;

/// <summary>What every head answers when a safeguard is in the way: the table of the pipeline's contract, cell by cell.</summary>
public sealed class HeadTests
{
    private static readonly string[] All = ["apply", "resume", "verb", "recon", "openidm PUT", "openidm PATCH", "plain"];

    [TestCaseSource(nameof(Answers),
        new object[] { "exit 3 approvalMissing", "exit 3 approvalMissing", "exit 3 RequireApproval", "FAILED", "403 approvalMissing" })]
    public Task RequireApproval(string head, string answer) => RefusesAsync(head, answer, heads =>
        heads.Stage.Set(settings => settings.Tenant()["RequireApproval"] = "Always"));

    [TestCaseSource(nameof(Answers), new object[] { "exit 1 auditHeadFile", "exit 1 auditHeadFile", "exit 1 auditHeadFile", "409", "503 auditHeadFile" })]
    public Task The_second_audit_sink_cannot_be_written(string head, string answer) => RefusesAsync(head, answer, heads =>
    {
        // A folder stands where the file would be.
        Directory.CreateDirectory(heads.Stage.Shell.At("heads.ndjson"));
        heads.Stage.Set(settings => settings["Audit"] = new JsonObject { ["HeadFile"] = "heads.ndjson" });
    });

    [TestCaseSource(nameof(Answers), new object[] { "exit 3 MaxUpdates", "exit 0", "exit 3 MaxUpdates", "FAILED", "403 MaxUpdates" })]
    public Task Limits(string head, string answer) => head == "resume" ? Task.CompletedTask : RefusesAsync(head, answer, heads =>
        heads.Stage.Set(settings => settings.Tenant()["Guardrails"] = new JsonObject { ["MaxUpdates"] = 0 }));

    [TestCaseSource(nameof(Answers), new object[] { "exit 0 protected", "exit 3 protected", "exit 3 protected", "SUCCESS", "403 protected" })]
    public Task Protected(string head, string answer) => RefusesAsync(head, answer, heads =>
        heads.Stage.Set(settings => settings.Tenant()["Protected"] = new JsonObject { [Heads.Lee] = "break glass" }));

    [TestCaseSource(nameof(Answers),
        new object[] { "exit 7 tenantQuarantined", "exit 7 tenantQuarantined", "exit 7 tenantQuarantined", "FAILED", "503 tenantQuarantined" })]
    public async Task A_quarantined_tenant(string head, string answer)
    {
        await using Heads heads = await Heads.OpenAsync();
        await heads.ServeAsync();
        await heads.QuarantineAsync();
        // Runs begin with a probe, which the tenant refuses here; changes of one user are refused before anything is sent.
        heads.Stage.Sandbox.Faults = FaultPlan.Parse(
            """{"rules":[{"match":{"kind":"phone.update"},"count":1000,"then":{"answer":{"status":403,"code":"accessDenied","message":"No."}}}]}""");

        Assert.That((await heads.AskAsync(head), heads.Mobile), Is.EqualTo((answer, Heads.Before)));
        Assert.That(await heads.IsQuarantinedAsync(), "a change of one user ends no quarantine, nor does a probe that fails");
    }

    [Test]
    public async Task A_quarantine_ends_by_hand_with_a_reason_that_is_recorded()
    {
        await using Heads heads = await Heads.OpenAsync();
        await heads.ServeAsync();
        await heads.QuarantineAsync();

        Assert.That((await heads.Stage.RunAsync("doctor", "--release-quarantine")).Exit, Is.EqualTo(1), "a reason is needed");
        Assert.That(await heads.IsQuarantinedAsync());
        Answer released = await heads.Stage.RunAsync("doctor", "--release-quarantine", "--reason", "CHG-7: permissions were granted", "--format", "json");

        Assert.That((released.Exit, released.Text("kind"), await heads.IsQuarantinedAsync()), Is.EqualTo((0, "quarantineReleased", false)), $"{released}");
        Assert.That((await heads.Stage.TrailAsync()).Any(r => r.ToString().Contains("CHG-7", StringComparison.Ordinal)
            && r.ToString().Contains("quarantine", StringComparison.Ordinal)));
        Assert.That((await heads.AskAsync("plain"), heads.Mobile), Is.EqualTo(("200", Heads.Wanted)));
        Assert.That((await heads.Stage.RunAsync("doctor", "--release-quarantine", "--reason", "again")).Exit, Is.Zero, "nothing to do");
    }

    [TestCaseSource(nameof(Answers), new object[] { "exit 4 identityChanged", "exit 0", "exit 3 identityChanged", "SUCCESS", "403 identityChanged" })]
    public async Task A_name_that_moved(string head, string answer)
    {
        if (head == "resume") return;
        await using Heads heads = await Heads.OpenAsync();
        Assert.That((await heads.Stage.RunAsync("apply", "@people.csv", "--yes")).Exit, Is.Zero);
        heads.Stage.Sandbox.Tenant.Change(Heads.Lee, new TenantChange.Rename("lee.old@contoso.com"));
        heads.Stage.Sandbox.Tenant.Add(new SeedUser { Id = new Guid("5a17b0c5-0000-4000-8000-00000000beef"), UserPrincipalName = Heads.Lee });
        await heads.ServeAsync();

        Assert.That(await heads.AskAsync(head), Is.EqualTo(answer));
        Assert.That(heads.Stage.Sandbox.Tenant.User(Heads.Lee).Mobile, Is.Null);

        string allowed = await heads.AskAllowingAsync(head, $"identityChanged={Heads.Lee}");
        Assert.That(heads.Stage.Sandbox.Tenant.User(Heads.Lee).Mobile, Is.EqualTo(Heads.Wanted), allowed);
        Assert.That((await heads.Stage.TrailAsync()).Any(r => r.ToString().Contains("identityChanged", StringComparison.Ordinal)
            && r.ToString().Contains("CHG-7", StringComparison.Ordinal)), "it is recorded with its reason");
    }

    [Test]
    public async Task A_name_that_moved_holds_lists_and_single_changes_of_the_executable()
    {
        await using Stage stage = await Stage.OpenAsync("""{ "users": [ { "userPrincipalName": "lee@contoso.com" } ] }""");
        stage.Shell.UsesExecutable = true;
        stage.Shell.Write("people.csv", "user,mobile\nlee@contoso.com,+1 2065550201\n");
        Assert.That((await stage.RunAsync("apply", "@people.csv", "--yes")).Exit, Is.Zero);
        stage.Sandbox.Tenant.Change(Heads.Lee, new TenantChange.Rename("lee.old@contoso.com"));
        stage.Sandbox.Tenant.Add(new SeedUser { Id = new Guid("5a17b0c5-0000-4000-8000-00000000beef"), UserPrincipalName = Heads.Lee });

        Answer list = await stage.RunAsync("apply", "@people.csv", "--yes");
        Answer single = await stage.RunAsync("set-phone", Heads.Lee, "+1 2065550201:mobile", "--yes");
        string? before = stage.Sandbox.Tenant.User(Heads.Lee).Mobile;
        Answer allowed = await stage.RunAsync("set-phone", Heads.Lee, "+1 2065550201:mobile", "--yes",
            "--allow", $"identityChanged={Heads.Lee}", "--reason", "CHG-7: a new account");

        Assert.That((list.Exit, single.Exit, before), Is.EqualTo((4, 3, (string?)null)), $"{list}{single}");
        Assert.That((allowed.Exit, stage.Sandbox.Tenant.User(Heads.Lee).Mobile), Is.EqualTo((0, "+1 2065550201")), $"{allowed}");
    }

    [TestCase("deletes=3", "400 badAllowance")]
    [TestCase("protected=lee@contoso.com", "400 badAllowance")]
    [TestCase("identityChanged", "400 badAllowance")]
    [TestCase("identityMoved=lee@contoso.com", "400 unknownAllowance")]
    public async Task Over_HTTP_nothing_but_a_name_that_moved_is_allowed(string allow, string answer)
    {
        await using Heads heads = await Heads.OpenAsync();
        await heads.ServeAsync();
        Assert.That((await heads.AskAllowingAsync("plain", allow), heads.Mobile), Is.EqualTo((answer, Heads.Before)));
    }

    [TestCaseSource(nameof(Answers), new object[] { "exit 6 tenantHeld", "exit 6 tenantHeld", "exit 6 userBusy", "409", "503 busy" })]
    public async Task Another_process_at_work(string head, string answer)
    {
        await using Heads heads = await Heads.OpenAsync();
        await heads.ServeAsync();
        await heads.HoldAsync();

        Assert.That((await heads.AskAsync(head), heads.Mobile), Is.EqualTo((answer, Heads.Before)));
    }

    [TestCaseSource(nameof(Answers), new object[] { "exit 4", "exit 4", "exit 4 PP109", "SUCCESS", "403 PP109|502 PP109" })]
    public async Task Masked_numbers(string head, string answer)
    {
        await using Heads heads = await Heads.OpenAsync();
        await heads.ServeAsync();
        heads.Stage.Sandbox.Faults = FaultPlan.Parse("""{"rules":[{"match":{"kind":"methods.list"},"count":1000,"then":{"mask":"bullets"}}]}""");

        Assert.That((await heads.AskAsync(head), heads.Mobile), Is.EqualTo((answer, Heads.Before)));
    }

    [TestCaseSource(nameof(Answers), new object[] { "exit 0", "", "exit 0", "SUCCESS", "200" })]
    public async Task A_dry_run(string head, string answer)
    {
        if (head == "resume") return;
        await using Heads heads = await Heads.OpenAsync();
        await heads.ServeAsync();

        Assert.That((await heads.AskAsync(head, dryRun: true), heads.Mobile), Is.EqualTo((answer, Heads.Before)));
    }

    [TestCase("openidm PUT", "412")]
    [TestCase("openidm PATCH", "412")]
    [TestCase("plain", "412 revisionMoved")]
    public async Task A_revision_read_in_one_API_is_a_condition_in_all_of_them(string head, string answer)
    {
        await using Heads heads = await Heads.OpenAsync();
        await heads.ServeAsync();
        using HttpResponseMessage read = await heads.SendAsync("GET", $"/api/v1/tenants/contoso/users/{Heads.Lee}/phones");
        string revision = read.Headers.ETag?.ToString() ?? "";
        heads.Stage.Sandbox.Tenant.Change(Heads.Lee, new TenantChange.SetPhone(PhoneSlot.Mobile, "+1 2065550299"));

        Assert.That((await heads.AskAsync(head, ifMatch: revision), heads.Mobile), Is.EqualTo((answer, "+1 2065550299")));
    }

    [Test]
    public async Task Without_a_safeguard_in_the_way_every_head_changes_the_user([ValueSource(nameof(All))] string head)
    {
        await using Heads heads = await Heads.OpenAsync();
        await heads.ServeAsync();

        string answer = await heads.AskAsync(head);

        Assert.That((answer.Split(' ')[0] is "exit" or "SUCCESS" or "200" or "204", heads.Mobile), Is.EqualTo((true, Heads.Wanted)), answer);
    }

    private static async Task RefusesAsync(string head, string answer, Action<Heads> arrange)
    {
        await using Heads heads = await Heads.OpenAsync();
        arrange(heads);
        await heads.ServeAsync();

        Assert.That((await heads.AskAsync(head), heads.Mobile), Is.EqualTo((answer, Heads.Before)));
    }

    /// <summary>One answer for each head; where the two APIs differ, OpenIDM's stands before a bar.</summary>
    private static IEnumerable<TestCaseData> Answers(string apply, string resume, string verb, string recon, string api)
    {
        string[] apis = api.Split('|');
        string[] answers = [apply, resume, verb, recon, apis[0], apis[0], apis[^1]];
        return All.Zip(answers).Select(cell => new TestCaseData(cell.First, cell.Second));
    }
}

/// <summary>States of the store that other processes leave behind.</summary>
internal static class StoreStates
{
    public static async Task QuarantineAsync(this Heads heads) => await new NotedQuarantines(heads.Store).BeginAsync(
        new TenantQuarantine(heads.TenantId, heads.Stage.Shell.Time.GetUtcNow(), "r0", TenantQuarantine.TooManyFailures, "Many failed."), default);

    public static async Task<bool> IsQuarantinedAsync(this Heads heads) =>
        await new NotedQuarantines(heads.Store).FindAsync(heads.TenantId, default) is not null;

    /// <summary>The tenant and Lee are held by a process that is alive.</summary>
    public static async Task HoldAsync(this Heads heads)
    {
        DateTimeOffset now = heads.Stage.Shell.Time.GetUtcNow();
        LeaseHolder other = new("kim", "elsewhere", null, 1, null, "1.0", "r-other");
        LeaseRecord lease = new()
        {
            TenantId = heads.TenantId.ToUpperInvariant(), Epoch = 1000, Holder = other, Since = now, HeartbeatAt = now, Until = now + TimeSpan.FromMinutes(2),
            Duration = TimeSpan.FromMinutes(2), RequestTimeout = TimeSpan.FromSeconds(70),
        };
        Assert.That(await heads.Leases.TakeAsync(lease, await heads.Leases.ReadAsync(lease.TenantId, default), default), Is.True);
        UserLock held = new(heads.TenantId, Heads.LeesUid, "r-other", null, now + TimeSpan.FromMinutes(2));
        Assert.That(await heads.Locks.AcquireAsync(held, now, default), Is.Null);
    }
}
