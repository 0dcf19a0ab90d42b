using System.Collections.Immutable;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Actions;

/// <summary>Who gets a pass at the helpdesk (docs/retirement.md#rescue), enumerated.</summary>
public sealed class RescueRulesTests
{
    private static readonly HandOver Ours = new()
    {
        Id = "h", Uid = "u", BegunAt = DateTimeOffset.UnixEpoch, Minutes = 60, Proof = "video", Ticket = "T", PassId = "ours", IsProved = true,
    };

    private static readonly bool?[] Maybe = [true, false, null];

    [Test]
    public void A_pass_is_issued_exactly_where_everything_is_known_and_allowed()
    {
        int issued = 0;
        foreach (AccountKind kind in Enum.GetValues<AccountKind>())
        {
            foreach ((bool certain, bool? enabled, bool? policy, bool? role) in All())
            {
                foreach (ImmutableArray<string> passes in new ImmutableArray<string>[] { [], ["ours"], ["other"], ["ours", "other"] })
                {
                    foreach ((bool replace, bool approved) in new[] { (false, false), (false, true), (true, false), (true, true) })
                    {
                        RescueFacts facts = new()
                        {
                            Kind = kind, KindIsCertain = certain, Enabled = enabled, InPolicy = policy, Privileged = role, Passes = passes,
                        };
                        bool may = kind is AccountKind.Member or AccountKind.InternalGuest && certain && enabled == true && policy == true
                            && (role == false || approved) && (replace || !passes.Contains("other"));
                        Diagnostic? refusal = RescueRules.Refusal(facts, new RescueTerms(null, replace), [Ours], approved);
                        Assert.That(refusal is null, Is.EqualTo(may), $"{facts} {replace} {approved}: {refusal}");
                        if (may) issued++;
                    }
                }
            }
        }

        Assert.That(issued, Is.Positive);
    }

    [TestCase(null, null, null, 60)]
    [TestCase(null, 10, 30, 30)]
    [TestCase(null, 10, 480, 60)]
    [TestCase(20, 10, 480, 20)]
    [TestCase(10, null, null, 10)]
    public void A_pass_is_valid_for_an_hour_at_most_and_as_policy_allows(int? asked, int? shortest, int? longest, int minutes)
    {
        RescueFacts facts = Plain with { Shortest = shortest, Longest = longest };
        Assert.That(RescueRules.Refusal(facts, new RescueTerms(asked, false), [], false), Is.Null);
        Assert.That(RescueRules.Minutes(new RescueTerms(asked, false), facts), Is.EqualTo(minutes));
    }

    [TestCase(61, null, null)]
    [TestCase(9, null, null)]
    [TestCase(20, 30, 480)]
    [TestCase(40, 10, 30)]
    [TestCase(null, 120, 480)]
    public void A_pass_outside_the_policy_or_longer_than_an_hour_is_refused(int? asked, int? shortest, int? longest) => Assert.That(
        RescueRules.Refusal(Plain with { Shortest = shortest, Longest = longest }, new RescueTerms(asked, false), [], false)?.Code,
        Is.EqualTo("rescueRefused"));

    private static RescueFacts Plain { get; } = new() { Enabled = true, InPolicy = true, Privileged = false };

    private static IEnumerable<(bool Certain, bool? Enabled, bool? Policy, bool? Role)> All() =>
        from certain in new[] { true, false } from enabled in Maybe from policy in Maybe from role in Maybe select (certain, enabled, policy, role);
}
