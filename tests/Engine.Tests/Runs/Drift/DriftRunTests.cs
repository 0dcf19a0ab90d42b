using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Runs.Incremental;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Drift;

/// <summary>Drift over nights of whole runs, full and incremental.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class DriftRunTests(bool incremental)
{
    private const string Helpdesk = "+1 4255550199";
    private static readonly TimeSpan Night = TimeSpan.FromDays(1);

    private void Nights(Func<NightBench, Task> story) => VirtualWorld.Run(async world =>
    {
        // Everybody is read in every run, so that both kinds see the same.
        NightBench bench = new(world, 5) { WatchesDrift = true, FullSweepAfter = TimeSpan.FromHours(1) };
        await bench.ApplyAsync(incremental);
        await world.Delay(Night);
        await story(bench);
    });

    [Test]
    public void A_number_that_was_replaced_in_the_tenant_is_not_brought_back_by_the_old_list() => Nights(async bench =>
    {
        Change(bench, 1, u => u.Mobile(Helpdesk));
        for (int night = 0; night < 3; night++)
        {
            RunHeader? run = await bench.ApplyAsync(incremental);
            HeldPart held = bench.LastUsers.Single().Plan.Held.Single();
            Assert.That((held.Part, held.Code, held.Standing), Is.EqualTo((Part.Phones, HoldCodes.Drift, false)), $"night {night}");
            Assert.That(run!.Outcome, Is.EqualTo(RunOutcome.Partial));
            Assert.That(Mobile(bench, 1), Is.EqualTo(CurrentSlot.FromGraph(Helpdesk)));
            await bench.World.Delay(Night);
        }
    });

    [Test]
    public void What_is_reported_names_both_numbers_masked_when_it_was_verified_and_what_to_do() => Nights(async bench =>
    {
        Change(bench, 1, u => u.Mobile(Helpdesk));
        await bench.PlanAsync(incremental);
        string message = bench.LastUsers.Single().Plan.Held.Single().Message;
        foreach (string reported in new[] { Some.Number(Helpdesk).Masked(), Some.Number(NightBench.Number(1, 0)).Masked(),
            "last verified at", "SourceWins", "correct the row" }) Assert.That(message, Does.Contain(reported));
        Assert.That(message, Does.Not.Contain("4255550199"));
    });

    [Test]
    public void A_row_that_changed_is_intent() => Nights(async bench =>
    {
        Change(bench, 1, u => u.Mobile(Helpdesk));
        bench.Want(1, Some.Desired.Mobile(NightBench.Number(1, 7)));
        await bench.ApplyAsync(incremental);
        Assert.That(bench.IsRight(1));
        Assert.That(bench.LastUsers.Single().Plan.Held, Is.Empty);
    });

    [Test]
    public void A_row_that_takes_over_what_the_tenant_holds_settles_it() => Nights(async bench =>
    {
        Change(bench, 1, u => u.Mobile(Helpdesk));
        await bench.ApplyAsync(incremental);
        bench.Want(1, Some.Desired.Mobile(Helpdesk));
        await bench.ApplyAsync(incremental);
        Assert.That(bench.LastUsers, Is.Empty);
        await bench.World.Delay(Night);
        Change(bench, 1, u => u.Mobile(NightBench.Number(1, 9)));
        await bench.ApplyAsync(incremental);
        Assert.That(bench.LastUsers.Single().Plan.Held.Single().Code, Is.EqualTo(HoldCodes.Drift), "the new number is what is verified now");
    });

    [Test]
    public void Where_the_source_wins_it_is_corrected_and_reported() => Nights(async bench =>
    {
        Change(bench, 1, u => u.Mobile(Helpdesk));
        await bench.ApplyAsync(incremental);
        bench.Policy = bench.Policy with { Drift = DriftPolicy.SourceWins };
        await bench.ApplyAsync(incremental);
        Assert.That(bench.IsRight(1));
        Assert.That(bench.LastUsers.Single().Plan.Diagnostics.Select(d => (d.Code, d.Severity)), Is.EqualTo(new[] { ("driftCorrected", Severity.Info) }));
        bench.Policy = PlanningPolicy.Default;
        await bench.ApplyAsync(incremental);
        Assert.That(bench.LastUsers, Is.Empty, "what was put back is verified");
    });

    [Test]
    public void A_number_that_the_person_registered_in_a_slot_that_the_source_keeps_empty_stays() => Nights(async bench =>
    {
        bench.Want(1, bench.Wanted(1).Office("none"));
        await bench.ApplyAsync(incremental);
        Change(bench, 1, u => u.Office(Helpdesk));
        await bench.ApplyAsync(incremental);
        Assert.That(bench.LastUsers.Single().Plan.Held.Single().Code, Is.EqualTo(HoldCodes.Drift));
        Assert.That(bench.Tenant[NightBench.Uid(1)].Now.Office.IsEmpty, Is.False);
    });

    [Test]
    public void A_slot_that_becomes_managed_is_intent() => Nights(async bench =>
    {
        Change(bench, 1, u => u.Office(Helpdesk));
        await bench.ApplyAsync(incremental);
        bench.Want(1, bench.Wanted(1).Office("none"));
        await bench.ApplyAsync(incremental);
        Assert.That(bench.Tenant[NightBench.Uid(1)].Now.Office.IsEmpty);
    });

    [Test]
    public void Where_the_tenant_differs_because_a_run_failed_it_is_no_drift() => Nights(async bench =>
    {
        bench.Want(1, Some.Desired.Mobile(NightBench.Number(1, 7)));
        bench.Tenant.Crash = new CrashPlan(CrashPoint.AfterSend, 0);
        await Assert.ThatAsync(() => bench.ApplyAsync(incremental), Throws.Exception);
        bench.Tenant.Crash = CrashPlan.Never;
        await bench.World.Delay(Night);
        Assert.That(Mobile(bench, 1), Is.EqualTo(CurrentSlot.FromGraph(NightBench.Number(1, 7))), "written, and its end is unknown");
        bench.Want(1, Some.Desired.Mobile(NightBench.Number(1, 0)));
        await bench.ApplyAsync(incremental);
        Assert.That(bench.IsRight(1), "the row went back to what was verified before, and the tenant holds what we wrote ourselves");
    });

    [Test]
    public void Other_parts_of_the_user_go_on_and_are_watched_too() => Nights(async bench =>
    {
        Change(bench, 1, u => u.Mobile(Helpdesk));
        bench.Want(1, bench.Wanted(1).Email("new@example.com"));
        await bench.ApplyAsync(incremental);
        Assert.That(bench.Tenant[NightBench.Uid(1)].Now.Email?.Address, Is.EqualTo("new@example.com"));
        await bench.World.Delay(Night);
        Change(bench, 1, u => u with { Email = new CurrentEmail("e", "other@example.com") });
        await bench.ApplyAsync(incremental);
        Assert.That(bench.LastUsers.Single().Plan.Held.Select(h => (h.Part, h.Code)),
            Is.EqualTo(new[] { (Part.Phones, HoldCodes.Drift), (Part.Email, HoldCodes.Drift) }));
    });

    [Test]
    public void A_name_that_belongs_to_another_person_now_is_held_until_it_is_allowed() => Nights(async bench =>
    {
        bench.Tenant.Add(new DirectoryUser("old-kim", "kim@contoso.com"), Some.User.Mobile(NightBench.Number(2, 0)));
        bench.Names[2] = "kim@contoso.com";
        await bench.ApplyAsync(incremental);
        Assert.That(bench.LastUsers, Is.Empty);
        bench.Tenant.Add(new DirectoryUser("old-kim", "kim.old@contoso.com"), Some.User);
        bench.Tenant.Add(new DirectoryUser("new-kim", "kim@contoso.com"), Some.User);
        await bench.ApplyAsync(incremental);
        HeldPart held = bench.LastUsers.Single().Plan.Held.Single();
        Assert.That((held.Code, held.Standing), Is.EqualTo((HoldCodes.IdentityChanged, false)));
        Assert.That(bench.Tenant["new-kim"].Now.PhoneCount, Is.Zero);
        bench.Allowances = Engine.Records.Allowances.None with { ProtectedUsers = Engine.Records.Allowances.None.ProtectedUsers.Add("kim@contoso.com") };
        await bench.ApplyAsync(incremental);
        Assert.That(bench.Tenant["new-kim"].Now.PhoneCount, Is.EqualTo(1));
        bench.Allowances = Engine.Records.Allowances.None;
        bench.Want(2, Some.Desired.Mobile(NightBench.Number(2, 5)));
        await bench.ApplyAsync(incremental);
        Assert.That(bench.Tenant["new-kim"].Now.Mobile, Is.EqualTo(CurrentSlot.FromGraph(NightBench.Number(2, 5))),
            "once verified, the name is the new account's");
    });

    private static void Change(NightBench bench, int user, Func<CurrentMethods, CurrentMethods> change) =>
        bench.Tenant.Change(bench.Tenant[NightBench.Uid(user)], change);

    private static CurrentSlot Mobile(NightBench bench, int user) => bench.Tenant[NightBench.Uid(user)].Now.Mobile;
}
