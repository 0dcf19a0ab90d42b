using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Migration;

/// <summary>A tenant is asked before steps write to it (docs/retirement.md#ask-the-tenant-first).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProbeTests
{
    [Test]
    public async Task A_step_writes_only_when_the_tenant_was_asked()
    {
        await using Stage stage = await Migrating.UnprobedAsync();
        await stage.PlanAsync("default");

        Answer refused = await stage.ApplyAsync(approved: false);
        int writes = stage.NotReads().Length;
        Answer probe = await stage.RunAsync("doctor", "--probe", "@probe.json");
        int written = stage.NotReads().Length;
        Answer applied = await stage.ApplyAsync(approved: false);

        Assert.That((refused.Exit, writes), Is.EqualTo((3, 0)), $"{refused}");
        Assert.That(refused.Document.GetProperty("diagnostics")[0].GetProperty("code").GetString(), Is.EqualTo("unproven"));
        Assert.That((probe.Exit, written), Is.EqualTo((0, 0)), $"{probe}");
        Assert.That(applied.Exit, Is.Zero, $"{applied}");
        Assert.That(stage.Sandbox.Tenant.User("ada@contoso.com").Credentials.Default, Is.EqualTo(SignInPreference.Push));
    }

    [Test]
    public async Task Without_being_asked_it_takes_a_reason_which_is_recorded_and_undo_takes_none()
    {
        await using Stage stage = await Migrating.UnprobedAsync();
        await stage.PlanAsync("default");

        Answer applied = await stage.AsAsync("kim", "apply", "@plan.json", "--yes", "--unproven", "rehearsal of the helpdesk", "--format", "json");
        await stage.AsAsync("kim", "migrate", "undo", applied.Text("runId"), "--out", "@undo.json", "--format", "json");
        Answer undone = await stage.AsAsync("kim", "apply", "@undo.json", "--yes", "--format", "json");

        Assert.That((applied.Exit, undone.Exit), Is.EqualTo((0, 0)), $"{applied}{undone}");
        await stage.RunAsync("audit", "export", "--out", "@trail.ndjson");
        Assert.That(await File.ReadAllTextAsync(stage.Shell.At("trail.ndjson")), Does.Contain("unproven: rehearsal of the helpdesk"));
        Assert.That(stage.Sandbox.Tenant.User("ada@contoso.com").Credentials.Default, Is.EqualTo(SignInPreference.Sms));
    }

    [Test]
    public async Task A_pass_too_needs_a_tenant_that_was_asked()
    {
        await using Stage stage = await Migrating.UnprobedAsync();

        Answer refused = await stage.AsAsync("kim", "migrate", "rescue", "ada@contoso.com", "--proof", "inPerson", "--ticket", "INC-1", "--yes");

        Assert.That((refused.Exit, stage.NotReads().Length), Is.EqualTo((3, 0)), $"{refused}");
        Assert.That($"{refused}", Does.Contain("doctor --probe"));
    }

    [Test]
    public async Task A_tenant_that_answers_nothing_was_not_asked()
    {
        await using Stage stage = await Migrating.UnprobedAsync();
        string configuration = await File.ReadAllTextAsync(stage.Shell.ConfigFile);
        await File.WriteAllTextAsync(stage.Shell.ConfigFile,
            configuration.Replace(stage.Sandbox.Address.GetLeftPart(UriPartial.Authority), "http://127.0.0.1:9", StringComparison.Ordinal));

        Answer probe = await stage.RunAsync("doctor", "--probe", "@probe.json", "--format", "json");

        Assert.That((probe.Exit, probe.Text("code")), Is.EqualTo((1, "probeUnanswered")), $"{probe}");
        Assert.That(File.Exists(stage.Shell.At("probe.json")), Is.False);
    }

    [Test]
    public async Task The_file_has_the_shapes_of_answers_and_no_one_and_nothing_secret()
    {
        await using Stage stage = await Migrating.UnprobedAsync();

        await stage.RunAsync("doctor", "--probe", "@probe.json");

        string file = stage.Shell.At("probe.json");
        string text = await File.ReadAllTextAsync(file);
        JsonNode probe = JsonNode.Parse(text)!;
        Dictionary<string, JsonNode> answers = probe["answers"]!.AsArray().ToDictionary(static a => a!["name"]!.GetValue<string>(), static a => a!);
        Assert.That((probe["kind"]!.GetValue<string>(), probe["toolVersion"]!.GetValue<string>().Length > 0), Is.EqualTo(("probe", true)));
        Assert.That(probe["tenant"]!["id"]!.GetValue<string>(), Is.EqualTo(stage.Sandbox.Tenant.TenantId.ToString()));
        Assert.That(answers["policy"]["shape"]!["authenticationMethodConfigurations"]!["entries"]!.GetValue<int>(), Is.GreaterThan(1));
        Assert.That(answers["methodsBeta"]["shape"]!.ToJsonString(), Does.Contain("\"lastUsedDateTime\":"));
        Assert.That(answers.Values.Select(static a => a["status"]?.GetValue<int>() ?? 0), Has.Some.EqualTo(200).And.Some.Not.EqualTo(200),
            "refusals are answers");
        JsonElement tenant = (await stage.RunAsync("readiness", "--format", "json")).Document.GetProperty("tenants")[0];
        foreach (JsonElement user in tenant.GetProperty("people").EnumerateArray())
        {
            Assert.That(text, Does.Not.Contain(user.GetProperty("uid").GetString()!).And.Not.Contain(user.GetProperty("user").GetString()!));
        }

        Assert.That(text, Does.Not.Contain("20655").And.Not.Contain("@contoso.com").And.Not.Contain("@example.org").And.Not.Contain(Migrating.Kiosk)
            .And.Not.Contain("rehearsal").And.Not.Contain("Kiosk"));
        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }
}
