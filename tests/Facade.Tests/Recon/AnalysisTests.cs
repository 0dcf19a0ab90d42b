using System.Text;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Sandbox.Faults;

namespace ProvisioningConnector.Facade.Tests.Recon;

/// <summary>Where analyses lie, and how many of them are made at once (docs/facade.md#reconciliations).</summary>
public sealed class AnalysisTests
{
    [Test]
    public async Task An_analysis_lies_sealed_in_the_store_and_outlives_the_process()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        rig.People(4, "nobody@contoso.com,+1 2065550190,\n");
        string id = (await rig.RunAsync("&analyze=true")).Text("_id");
        string second = (await rig.RunAsync("&analyze=true")).Text("_id");
        Reply before = await rig.GetAsync($"recon/assoc/{id}/entry");
        string status = (await rig.GetAsync($"recon/{id}")).Body;
        await rig.CloseAsync();
        string[] files = Directory.GetFiles(Path.GetDirectoryName(rig.At("x")) ?? "", "store.db*");
        foreach (string file in files.Where(f => !f.EndsWith(".key", StringComparison.Ordinal)))
        {
            Assert.That(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)),
                Does.Not.Contain("2065550190").And.Not.Contain("nobody@contoso.com").And.Not.Contain("hrToEntra"), file);
        }

        await rig.OpenAsync();
        Assert.That((await rig.GetAsync($"recon/{id}")).Body, Is.EqualTo(status));
        Assert.That((await rig.GetAsync($"recon/assoc/{id}/entry")).Body, Is.EqualTo(before.Body));
        Assert.That(before.Json.GetProperty("result").GetArrayLength(), Is.EqualTo(5));
        Assert.That((await rig.GetAsync("recon/assoc")).Json.GetProperty("result").EnumerateArray().Select(a => a.GetProperty("_id").GetString()),
            Is.EqualTo(new[] { second, id }));
        Assert.That((await rig.SendAsync("DELETE", $"recon/{id}")).Status, Is.EqualTo(200));
        Assert.That((await rig.GetAsync($"recon/{id}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Each_caller_and_each_tenant_has_room_of_its_own_and_analyses_keep_no_run_waiting()
    {
        await using ReconRig rig = await ReconRig.StartAsync(facade: """ "MaxReconciliations": { "PerTenant": 3, "PerCaller": 2 }, """);
        KeyText second = await rig.KeyAsync("one", [.. Rights.All]);
        KeyText third = await rig.KeyAsync("one", [.. Rights.All]);
        KeyText elsewhere = await rig.KeyAsync("two", [.. Rights.All]);
        rig.Tenant.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { }, "then": { "delayBefore": 3000 } } ] }""");
        const string Analysis = "recon?_action=recon&mapping=hrToEntra&analyze=true";
        int[] mine = [(await rig.PostAsync(Analysis)).Status, (await rig.PostAsync(Analysis)).Status];
        Reply tooMany = await rig.PostAsync(Analysis);
        Reply theirs = await rig.PostAsync(Analysis, null, second);
        Reply full = await rig.PostAsync(Analysis, null, third);

        Assert.That((mine, theirs.Status), Is.EqualTo((new[] { 200, 200 }, 200)));
        Assert.That((tooMany.Status, full.Status), Is.EqualTo((503, 503)));
        Assert.That(tooMany.Body, Does.Contain("tooManyReconciliations").And.Contain("PerCaller"));
        Assert.That(full.Body, Does.Contain("tooManyReconciliations").And.Contain("PerTenant"));
        Assert.That((await rig.PostAsync("recon?_action=recon&mapping=hrToTwo&analyze=true&waitForCompletion=true", null, elsewhere)).Status, Is.EqualTo(200));
        rig.Tenant.Faults = FaultPlan.Parse("""{ "rules": [] }""");
        Reply run = await rig.PostAsync("recon?_action=recon&mapping=hrToEntra&waitForCompletion=true", null, third);
        Assert.That((run.Status, run.Text("state")), Is.EqualTo((200, "SUCCESS")), run.Body);
    }
}
