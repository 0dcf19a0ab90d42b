using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests.Recon;

/// <summary>What reconciliations must not do, and whom they are shown to.</summary>
public sealed class ReconGuardTests
{
    [Test]
    public async Task Numbers_are_shown_only_to_who_may_read_them_and_cannot_be_found_out_by_filters()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        KeyText reader = await rig.KeyAsync("one", Right.Read, Right.Plan);
        string id = (await rig.RunAsync("&analyze=true", reader)).Text("_id");
        const string Asking = "entry?_queryFilter=operations/after co \"2065550101\" or operations/after co \"206 5550101\"";
        Assert.That((await rig.GetAsync($"recon/assoc/{id}/entry", reader)).Body, Does.Not.Contain("5550101").And.Contain("••••••"));
        Assert.That((await rig.GetAsync($"recon/assoc/{id}/{Asking}", reader)).Text("resultCount"), Is.EqualTo("0"));
        Assert.That((await rig.GetAsync($"recon/assoc/{id}/entry")).Body, Does.Contain("2065550101"));
        Assert.That((await rig.GetAsync($"recon/assoc/{id}/{Asking}")).Text("resultCount"), Is.EqualTo("1"));
    }

    [Test]
    public async Task An_empty_source_stops_it()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        await rig.RunAsync();
        rig.People(0);
        Reply ended = await rig.RunAsync();
        Assert.That((ended.Status, ended.Text("state"), rig.Writes), Is.EqualTo((200, "FAILED", 5)), ended.Body);
        Reply status = await rig.GetAsync($"recon/{ended.Text("_id")}");
        Assert.That((status.Text("stage"), status.Text("message")), Is.EqualTo(("COMPLETED_FAILED", ended.Text("message"))));
        Assert.That(ended.Text("message"), Does.Contain("Nothing was written"));
    }

    [Test]
    public async Task Who_does_not_see_a_tenant_sees_nothing_of_its_reconciliations()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        string id = (await rig.RunAsync()).Text("_id");
        KeyText stranger = await rig.KeyAsync("two", [.. Rights.All]);
        Reply never = await rig.GetAsync("recon/rnever", stranger);
        foreach ((string method, string path) in new[] { ("GET", $"recon/{id}"), ("POST", $"recon/{id}?_action=cancel"),
            ("DELETE", $"recon/{id}"), ("GET", $"recon/assoc/{id}"), ("GET", $"recon/assoc/{id}/entry") })
        {
            Reply reply = await rig.SendAsync(method, path, null, stranger);
            Assert.That((reply.Status, reply.Body.Replace(id, "rnever", StringComparison.Ordinal)), Is.EqualTo((404, never.Body)), path);
        }

        Assert.That((await rig.GetAsync("recon", stranger)).Body, Is.EqualTo("""{"reconciliations":[]}"""));
        Assert.That((await rig.GetAsync("recon/assoc", stranger)).Text("resultCount"), Is.EqualTo("0"));
        Reply unseen = await rig.RunAsync("", stranger);
        Reply unknown = await rig.PostAsync("recon?_action=recon&mapping=unknown", null, stranger);
        Assert.That((unseen.Status, unseen.Body.Replace("hrToEntra", "unknown", StringComparison.Ordinal)), Is.EqualTo((409, unknown.Body)));
    }

    [Test]
    public async Task The_plan_reports_which_rights_are_needed_before_anything_is_written()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        rig.People(2, "user09@contoso.com,,kim@example.org\n");
        KeyText reader = await rig.KeyAsync("one", Right.Read);
        KeyText phones = await rig.KeyAsync("one", Right.Read, Right.Phones);
        Assert.That((await rig.RunAsync("", reader)).Status, Is.EqualTo(403));
        Assert.That((await rig.RunAsync("&analyze=true", phones)).Status, Is.EqualTo(403));
        Reply ended = await rig.RunAsync("", phones);
        Assert.That((ended.Text("state"), rig.Writes), Is.EqualTo(("FAILED", 0)));
        Assert.That(ended.Text("message"), Does.Contain("'email' for 1"));
        Assert.That((await rig.CommandAsync("runs")).Output, Does.Contain("blocked"));
        Assert.That((await rig.PostAsync($"recon/{ended.Text("_id")}?_action=cancel", null, reader)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task What_needs_an_approval_is_not_written()
    {
        await using ReconRig rig = await ReconRig.StartAsync(""" "RequireApproval": "Always", """);
        Reply ended = await rig.RunAsync();
        Assert.That((ended.Text("state"), rig.Writes), Is.EqualTo(("FAILED", 0)));
        Assert.That(ended.Text("message"), Does.Contain("approve"));
    }

    [Test]
    public async Task Guardrails_block_it_as_they_block_a_command()
    {
        await using ReconRig rig = await ReconRig.StartAsync(""" "Guardrails": { "MaxAdds": "3" }, """);
        Reply ended = await rig.RunAsync();
        Assert.That((ended.Text("state"), rig.Writes), Is.EqualTo(("FAILED", 0)));
        Assert.That(ended.Text("message"), Does.Contain("Nothing was written").And.Contain("3"));
        Assert.That((await rig.RunAsync("&analyze=true")).Text("message"), Does.Contain("would be blocked"));
    }

    [Test]
    public async Task An_entry_of_Protected_that_matches_no_user_blocks_it()
    {
        await using ReconRig rig = await ReconRig.StartAsync(""" "Protected": [ "glass@contoso.com" ], """);

        Reply ended = await rig.RunAsync();

        Assert.That((ended.Text("state"), rig.Writes), Is.EqualTo(("FAILED", 0)));
        Assert.That(ended.Text("message"), Does.Contain("glass@contoso.com"));
        Assert.That((await rig.RunAsync("&analyze=true")).Text("message"), Does.Contain("would be blocked").And.Contain("glass@contoso.com"));
    }

    [TestCase("X-Dry-Run")]
    [TestCase("X-DryRun")]
    public async Task A_dry_run_by_header_changes_nothing(string header)
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        string id = (await rig.RunAsync("&analyze=true")).Text("_id");
        Assert.That((await rig.SendAsync("POST", $"recon/{id}?_action=cancel", dryRunBy: header)).Status, Is.EqualTo(400));
        Assert.That((await rig.SendAsync("DELETE", $"recon/{id}", dryRunBy: header)).Status, Is.EqualTo(400));
        Assert.That((await rig.SendAsync("GET", $"recon/{id}")).Status, Is.EqualTo(200));
        Reply started = await rig.SendAsync("POST", "recon?_action=recon&mapping=hrToEntra&waitForCompletion=true", dryRunBy: header);
        Assert.That((started.Status, rig.Writes), Is.EqualTo((header == "X-Dry-Run" ? 200 : 400, 0)));
    }
}
