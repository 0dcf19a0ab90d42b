using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Incremental;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Engine.Tests.Runs.Incremental;

public sealed class RuleTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);
    private static readonly StateDigest Row = new(1);
    private static readonly StateDigest Rules = new(2);
    private static readonly IncrementalSettings Never = new() { FullSweepAfter = TimeSpan.FromDays(100_000) };
    private static readonly VerifiedState State = new("u", Row, Rules, MethodPresence.Mobile, Then);

    [Test]
    public void The_first_reason_that_applies_is_reported()
    {
        DateTimeOffset now = Then.AddHours(1);
        Assert.Multiple(() =>
        {
            Assert.That(DueRule.Judge(null, Row, Rules, now, Never), Is.EqualTo(DueReason.Unsettled));
            Assert.That(DueRule.Judge(State with { IsSettled = false }, Row, Rules, now, Never), Is.EqualTo(DueReason.Unsettled));
            Assert.That(DueRule.Judge(State, new StateDigest(9), Rules, now, Never), Is.EqualTo(DueReason.Row));
            Assert.That(DueRule.Judge(State, Row, new StateDigest(9), now, Never), Is.EqualTo(DueReason.Rules));
            Assert.That(DueRule.Judge(State with { Signs = new(Then.AddMinutes(1), null, null) }, Row, Rules, now, Never), Is.EqualTo(DueReason.Audit));
            Assert.That(DueRule.Judge(State with { Signs = new(null, Then.AddMinutes(1), null) }, Row, Rules, now, Never), Is.EqualTo(DueReason.Report));
            Assert.That(DueRule.Judge(State, Row, Rules, Then.AddDays(100_000), Never), Is.EqualTo(DueReason.Sweep));
            Assert.That(DueRule.Judge(State, Row, Rules, now, Never), Is.EqualTo(DueReason.None));
        });
    }

    [TestCase(-11, false, TestName = "A change well before the read was seen by it")]
    [TestCase(-9, true, TestName = "A change just before the read may not have shown in it")]
    [TestCase(1, true, TestName = "A change after the read was not seen")]
    public void Changes_are_judged_by_the_time_of_the_read(int minutes, bool due)
    {
        OutsideSigns signs = OutsideRule.Observe(State, new SecurityChange("u", Then.AddMinutes(minutes), MayBeOurs: true), Never);
        Assert.That(DueRule.Judge(State with { Signs = signs }, Row, Rules, Then.AddHours(1), Never) == DueReason.Audit, Is.EqualTo(due));
    }

    [TestCase(-2, true, true)]
    [TestCase(0, true, false)]
    [TestCase(30, true, false)]
    [TestCase(61, true, false)]
    [TestCase(180, true, true)]
    [TestCase(30, false, true)]
    public void Entries_of_apps_while_we_wrote_are_ours(int seconds, bool byApp, bool due)
    {
        VerifiedState wrote = State with { Own = new OwnWrites(Then.AddMinutes(1), Then.AddMinutes(2)), VerifiedAt = Then.AddMinutes(1) };
        DateTimeOffset at = seconds < 0 ? Then.AddMinutes(seconds) : Then.AddMinutes(1).AddSeconds(seconds);
        OutsideSigns signs = OutsideRule.Observe(wrote, new SecurityChange("u", at, byApp), Never);
        Assert.That(signs.TouchedAt is not null, Is.EqualTo(due));
    }

    [Test]
    public void The_latest_sign_stays_whatever_the_order_and_the_repetitions()
    {
        DateTimeOffset[] moments = [Then.AddHours(3), Then.AddHours(1), Then.AddHours(3), Then.AddHours(2), Then.AddDays(-1)];
        VerifiedState observed = moments.Aggregate(State, (s, at) => s with { Signs = OutsideRule.Observe(s, new SecurityChange("u", at, false), Never) });
        Assert.That(observed.Signs.TouchedAt, Is.EqualTo(Then.AddHours(3)));
    }

    [Test]
    public void A_report_row_speaks_only_when_it_is_younger_and_disagrees_and_once()
    {
        RegistrationRow Says(MethodPresence presence, int hours) => new("u", presence, Then.AddHours(hours));
        Assert.Multiple(() =>
        {
            Assert.That(OutsideRule.Observe(State, Says(MethodPresence.Mobile, 5)), Is.EqualTo(default(OutsideSigns)), "it agrees");
            Assert.That(OutsideRule.Observe(State, Says(MethodPresence.None, -5)), Is.EqualTo(default(OutsideSigns)), "it is older");
        });
        OutsideSigns doubted = OutsideRule.Observe(State, Says(MethodPresence.None, 5));
        Assert.That(doubted, Is.EqualTo(new OutsideSigns(null, Then.AddHours(5), MethodPresence.None)));
        VerifiedState again = State with { Signs = doubted, VerifiedAt = Then.AddHours(6) };
        Assert.Multiple(() =>
        {
            Assert.That(OutsideRule.Observe(again, Says(MethodPresence.None, 30)), Is.EqualTo(doubted), "the user was read, and it says the same");
            Assert.That(OutsideRule.Observe(again, Says(MethodPresence.Office, 30)).DoubtedAt, Is.EqualTo(Then.AddHours(30)), "it says something else");
            Assert.That(OutsideRule.Observe(again, Says(MethodPresence.Mobile, 30)).Doubt, Is.Null, "it agrees, so it will be believed again");
        });
    }

    [Test]
    public void Only_what_a_row_wants_is_in_its_digest()
    {
        StateDigests digests = new(new byte[16]);
        DesiredMethods[] different =
        [
            Some.Desired, Some.Desired.Mobile("+1 2065550100"), Some.Desired.Mobile("+1 2065550101"), Some.Desired.Mobile("none"),
            Some.Desired.Office("+1 2065550100"), Some.Desired.Office("none"),
            Some.Desired.Email("a@b.c"), Some.Desired.Email("none"), Some.Desired.SmsSignIn(true), Some.Desired.SmsSignIn(false),
            Some.Desired.Remove(MethodKind.Fido2), Some.Desired.Remove(MethodKind.Fido2, "x"),
            Some.Desired.Remove(MethodKind.Fido2, "x", "y"), Some.Desired.Remove(MethodKind.SoftwareOath),
            Some.Desired.Remove(MethodKind.Fido2).Remove(MethodKind.SoftwareOath), Some.Desired.Mobile("+1 2065550100x1"),
        ];
        Assert.That(different.Select(digests.Row).Distinct().Count(), Is.EqualTo(different.Length));
        Assert.That(digests.Row(Some.Desired.Mobile("+1 (206) 555-0100").Email("A@B.c").Remove(MethodKind.Fido2, "Y", "x")),
            Is.EqualTo(digests.Row(Some.Desired.Mobile("+1 2065550100").Email("a@b.C").Remove(MethodKind.Fido2, "X", "y"))));
        Assert.That(new StateDigests([.. Enumerable.Repeat((byte)7, 16)]).Row(Some.Desired), Is.Not.EqualTo(digests.Row(Some.Desired)),
            "without the key it shows nothing");
    }

    [Test]
    public void Every_managed_value_has_a_digest_that_changes_with_the_tenants_value()
    {
        StateDigests digests = new(new byte[16]);
        DesiredMethods desired = Some.Desired.Mobile("+1 2065550100").Office("none").Remove(MethodKind.Fido2);
        CurrentMethods user = Some.User.Mobile("+1 2065550100");
        PartDigest[] verified = [.. digests.Parts(desired, user)];
        Assert.That(verified.Select(p => p.Of),
            Is.EqualTo(new[] { ManagedValue.Mobile, ManagedValue.Office, ManagedValue.Removals, ManagedValue.RemovalsWanted }));
        IEnumerable<ManagedValue> Drifted(CurrentMethods now) => digests.Parts(desired, now).Except(verified).Select(p => p.Of);
        Assert.Multiple(() =>
        {
            Assert.That(Drifted(user), Is.Empty);
            Assert.That(Drifted(user.Mobile("+1 2065550101")), Is.EqualTo(new[] { ManagedValue.Mobile }));
            Assert.That(Drifted(user.Office("+1 2065550101")), Is.EqualTo(new[] { ManagedValue.Office }));
            Assert.That(Drifted(user.With(MethodKind.Fido2)), Is.EqualTo(new[] { ManagedValue.Removals }));
            Assert.That(Drifted(user.Email("a@b.c").AlternateMobile("+1 2065550103")), Is.Empty, "unmanaged");
        });
    }

    [Test]
    public void Policy_and_limits_are_in_the_digest_of_the_rules()
    {
        StateDigests digests = new(new byte[16]);
        StateDigest plain = digests.Rules(PlanningPolicy.Default, new GuardrailLimits());
        Assert.That(digests.Rules(new PlanningPolicy(), new GuardrailLimits()), Is.EqualTo(plain));
        Assert.That(digests.Rules(PlanningPolicy.Default with { KeepDefault = true }, new GuardrailLimits()), Is.Not.EqualTo(plain));
        Assert.That(digests.Rules(PlanningPolicy.Default, new GuardrailLimits { MaxAdds = new Limit(5, null) }), Is.Not.EqualTo(plain));
    }
}
