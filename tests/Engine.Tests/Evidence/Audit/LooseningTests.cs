using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Evidence.Audit;

public sealed class LooseningTests
{
    [TestCase("500|2%", "501|2%", true)]
    [TestCase("500|2%", "500|3%", true)]
    [TestCase("500|2%", "500", true)]
    [TestCase("500|2%", "none", true)]
    [TestCase("500|2%", "499|2%", false)]
    [TestCase("500|2%", "500|1%", false)]
    [TestCase("500", "500|2%", false)]
    [TestCase("none", "500", false)]
    [TestCase("10%", "10%", false)]
    public void A_limit_is_looser_when_it_lets_more_through_for_some_size_of_tenant(string before, string now, bool looser) =>
        Assert.That(Between(Standard().SetItem("Guardrails:MaxDeletes", before), Standard().SetItem("Guardrails:MaxDeletes", now)),
            looser ? Is.EqualTo(new[] { "Guardrails:MaxDeletes" }) : Is.Empty);

    [TestCase("RequireApproval", "Always", "Deletes")]
    [TestCase("RequireApproval", "Deletes", "Never")]
    [TestCase("ProtectPrivileged", "On", "Off")]
    [TestCase("Guardrails:OnBreach", "Stop", "Withhold")]
    [TestCase("Guardrails:SharedNumber", "3", "4")]
    [TestCase("Guardrails:SharedNumber", "3", "none")]
    [TestCase("Guardrails:MinPopulation", "20", "200")]
    [TestCase("Policy:LastMethod", "Refuse", "Allow")]
    [TestCase("Policy:AddPhone", "NoMethod", "NoStronger")]
    [TestCase("Policy:Drift", "Hold", "SourceWins")]
    [TestCase("Policy:Numbers:NotAssigned", "Hold", "Warn")]
    [TestCase("Policy:Numbers:Premium", "Warn", "Off")]
    [TestCase("Policy:HeldIsFinding", "7", "8")]
    [TestCase("Policy:HeldIsFinding", "7", "none")]
    [TestCase(Safeguards.StepSurplus, "Refuse", "Allow")]
    [TestCase("PlanMaxAge", "1.00:00:00", "2.00:00:00")]
    public void The_way_to_the_loose_side_is_reported_and_the_way_back_is_not(string name, string safe, string loose)
    {
        Assert.That(Between(Standard().SetItem(name, safe), Standard().SetItem(name, loose)), Is.EqualTo(new[] { name }));
        Assert.That(Between(Standard().SetItem(name, loose), Standard().SetItem(name, safe)), Is.Empty);
    }

    [Test]
    public void A_user_who_is_no_longer_protected_is_reported() =>
        Assert.That(Between(Standard("Break@contoso.com", "b@contoso.com"), Standard("b@contoso.com", "c@contoso.com")),
            Is.EqualTo(new[] { "Protected:break@contoso.com" }));

    [Test]
    public void Every_policy_and_guardrail_of_the_engine_is_written_down()
    {
        string[] names = [.. Standard().Keys.Select(k => k.Split(':')[^1])];
        string[] missing = [.. ((Type[])[typeof(PlanningPolicy), typeof(NumberPolicies), typeof(GuardrailLimits)]).SelectMany(type => type.GetProperties())
            .Where(p => p.CanWrite && p.GetMethod is { IsStatic: false } && p.PropertyType != typeof(NumberPolicies)).Select(p => p.Name).Except(names)];
        Assert.That(missing, Is.Empty);
    }

    private static ImmutableSortedDictionary<string, string> Standard(params string[] protectedUsers) =>
        Safeguards.From(new GuardrailLimits(), PlanningPolicy.Default, protectedUsers, ApprovalRule.Never, TimeSpan.FromDays(1));

    private static string[] Between(ImmutableSortedDictionary<string, string> before, ImmutableSortedDictionary<string, string> now) =>
        [.. Loosening.Between(before, now).Select(l => l.Name)];
}
