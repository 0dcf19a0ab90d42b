using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Actions;

/// <summary>What an action says beforehand about the user and the tenant's policy.</summary>
public sealed class ActionDesiresTests
{
    [Test]
    public void Removing_the_mobile_makes_the_alternate_the_mobile()
    {
        DesiredChange.Valid desired = (DesiredChange.Valid)RemoveMobile("+1 2065550101");

        Assert.That(desired.Notes.Select(n => n.Code), Is.EqualTo(new[] { "alternateBecomesMobile" }));
        Assert.That((desired.Desired.Mobile.Kind, desired.Desired.AlternateMobile.Kind), Is.EqualTo((ManagedKind.Value, ManagedKind.None)));
    }

    [Test]
    public void An_alternate_that_is_not_a_number_cannot_become_the_mobile()
    {
        DesiredChange.Invalid desired = (DesiredChange.Invalid)RemoveMobile("call reception");

        Assert.That(desired.Diagnostics.Select(d => (d.Code, d.Severity)), Is.EqualTo(new[] { ("alternateUnreadable", Severity.Error) }));
    }

    [TestCase(5, null, "lifetimeOutsidePolicy")]
    [TestCase(600, null, "lifetimeOutsidePolicy")]
    [TestCase(60, false, "onceOnlyByPolicy")]
    [TestCase(60, true, null)]
    [TestCase(null, null, null)]
    public void A_pass_that_the_policy_does_not_allow_is_warned_of(int? minutes, bool? once, string? code)
    {
        MethodPolicies policies = new() { Pass = new PassPolicy(PolicyVerdict.Allows, 10, 480, OnceOnly: true) };

        DesiredChange.Valid desired = (DesiredChange.Valid)ActionDesires.For(new UserAction.IssuePass(new PassRequest(minutes, once)), new CurrentMethods(),
            policies);

        Assert.That(desired.Notes.Select(n => n.Code), Is.EqualTo(code is null ? [] : new[] { code }));
    }

    [TestCase("smsSignInWithoutMobile")]
    [TestCase("preferredMethodMissing")]
    public void An_impossible_request_is_an_error(string code)
    {
        DesiredMethods desired = code == "smsSignInWithoutMobile"
            ? new DesiredMethods { SmsSignIn = true } : new DesiredMethods { Preferred = PreferredMethod.Push };

        UserPlan plan = Planner.Plan(new PlanRequest(new CurrentMethods(), desired, PlanningPolicy.Default, default, Holds.None));

        Assert.That(plan.Diagnostics.Select(d => (d.Code, d.Severity)), Does.Contain((code, Severity.Error)));
        Assert.That(plan.Operations, Is.Empty);
    }

    private static DesiredChange RemoveMobile(string alternate) => ActionDesires.For(new UserAction.RemovePhone(PhoneType.Mobile),
        new CurrentMethods { Mobile = CurrentSlot.FromGraph("+1 2065550100"), AlternateMobile = CurrentSlot.FromGraph(alternate) }, MethodPolicies.NotRead);
}
