using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Messages over HTTP: without what is for people at the machine, with what a caller can do.</summary>
public sealed class HttpWordingTests
{
    [TestCase("Nothing was written. Check it first; if meant: provision approve --tenant NAME --allow deletes=NUMBER --reason TEXT.", "Nothing was written.")]
    [TestCase("It is held. To change it once, use --allow protected=ada@contoso.com.", "It is held.")]
    [TestCase("Tenant 'one' is held by run r1 of ping@host1 (process 42, version 1.0) since 2026-01-01; its lease ends.",
        "Tenant 'one' is held by run r1 since 2026-01-01; its lease ends.")]
    [TestCase("Save the plan (provision plan SOURCE --out PLAN.json), have it approved.", "")]
    [TestCase("The file '/home/ping/people.csv' cannot be opened. Nothing was written.", "Nothing was written.")]
    [TestCase(@"C:\hr\people is locked. Ask again.", "Ask again.")]
    [TestCase("Use POST /openidm/system/TENANT?_action=approve. From 1.5 on.", "Use POST /openidm/system/TENANT?_action=approve. From 1.5 on.")]
    [TestCase("The number +1 •••0147 is a fixed line.", "The number +1 •••0147 is a fixed line.")]
    public void Sentences_for_people_at_the_machine_are_left_out(string message, string kept)
    {
        Assert.That(HttpWording.From(message), Is.EqualTo(kept));
        Assert.That(HttpWording.From(HttpWording.From(message)), Is.EqualTo(kept), "again");
    }

    [TestCase("newStore")]
    [TestCase("tenantQuarantined")]
    [TestCase("approvalMissing")]
    [TestCase("identityChanged")]
    [TestCase("protected")]
    [TestCase("protectPrivileged")]
    [TestCase("MaxDeletes")]
    public void What_a_caller_can_do_takes_their_place_and_stays(string code)
    {
        string message = HttpWording.From("It was refused. Run: provision doctor --fleet", code);

        Assert.That(message, Does.StartWith("It was refused. ").And.Length.GreaterThan("It was refused. ".Length + 20).And.Not.Contain("doctor"));
        Assert.That(HttpWording.From(message), Is.EqualTo(message));
    }

    [Test]
    public void Who_has_a_lock_is_not_named()
    {
        RunResult.Busy busy = new("ping@host1 42", TimeSpan.FromSeconds(30));

        Assert.That(HttpWording.From(busy.Message), Does.Contain("Another change holds this user").And.Contain("30 s").And.Not.Contain("host1"));
    }

    [TestCase("Write the exact number to allow, such as --allow deletes=312.", "Write the exact number to allow, such as allow deletes=312.")]
    [TestCase("Give one with --reason TEXT; it is recorded.", "Give one with reason TEXT; it is recorded.")]
    public void Options_become_the_properties_that_stand_for_them(string message, string over) =>
        Assert.That(HttpWording.OfArgument(message), Is.EqualTo(over));

    [Test]
    public void Every_message_that_the_engine_has_for_a_limit_keeps_its_figures()
    {
        WindowRefusal refusal = new(new WindowBudget(WindowScope.Tenant, WindowSpan.Hour, WindowMeasure.Deletes, 7), 7, 1, 0);

        Assert.That(HttpWording.From(refusal.Message, refusal.Budget.Measure.Guardrail()),
            Does.Contain("allows 7 within 1 hour").And.Contain("_action=approve").And.Not.Contain("--"));
    }
}
