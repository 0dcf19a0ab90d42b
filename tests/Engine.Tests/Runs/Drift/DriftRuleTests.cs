using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Drift;
using ProvisioningConnector.Engine.Runs.Memory;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Runs.Drift;

/// <summary>Which of two moments is newer, tick by tick, and which part a value belongs to (docs/safety.md#drift).</summary>
public sealed class DriftRuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly StateDigests Digests = new(new byte[16]);

    /// <summary>A value of each kind, as it was verified and as another administrator left it.</summary>
    private static IEnumerable<TestCaseData> Values()
    {
        CurrentMethods good = CurrentMethods.Nothing with
        {
            Mobile = CurrentSlot.From(Phone(1)),
            AlternateMobile = CurrentSlot.From(Phone(2)),
            Office = CurrentSlot.From(Phone(3)),
            Email = new("e", "kim@contoso.com"),
            SmsSignIn = SmsSignInState.Ready,
            Default = DefaultMethod.From(PreferredMethod.Sms),
        };
        (ManagedValue Value, DesiredMethods Desired, CurrentMethods Now)[] all =
        [
            (ManagedValue.Mobile, new() { Mobile = Managed.Value(Phone(1)) }, good with { Mobile = CurrentSlot.From(Phone(9)) }),
            (ManagedValue.AlternateMobile, new() { AlternateMobile = Managed.Value(Phone(2)) }, good with { AlternateMobile = CurrentSlot.From(Phone(9)) }),
            (ManagedValue.Office, new() { Office = Managed.Value(Phone(3)) }, good with { Office = CurrentSlot.Empty }),
            (ManagedValue.Email, new() { Email = Managed.Value("kim@contoso.com") }, good with { Email = null }),
            (ManagedValue.SmsSignIn, new() { SmsSignIn = true }, good with { SmsSignIn = SmsSignInState.NotEnabled }),
            (ManagedValue.PreferredMethod, new() { Preferred = PreferredMethod.Sms }, good with { Default = DefaultMethod.From(PreferredMethod.VoiceMobile) }),
            (ManagedValue.RemovalsWanted, new() { Removals = [Removal.AllOf(MethodKind.Fido2)] }, good with { Others = [new(MethodKind.Fido2, "new")] }),
        ];
        return all.Select(one => new TestCaseData(one.Value, one.Desired, good, one.Now) { TestName = $"{{m}} ({one.Value})" });
    }

    [TestCaseSource(nameof(Values))]
    public void What_was_verified_as_the_row_still_wants_it_is_drift(ManagedValue value, DesiredMethods desired, CurrentMethods good, CurrentMethods now)
    {
        Assert.That(Judge(desired, now, Verified(desired, good), null, null), Is.EqualTo(new[] { value }));
        Assert.That(Judge(desired, now, null, null, null), Is.Empty, "nothing is remembered");
        VerifiedState attempted = Verified(desired, good) with { Attempted = (ManagedValues)(1 << (int)value) };
        Assert.That(Judge(desired, now, attempted, null, null), Is.Empty, "a run may have failed");
        Assert.That(Judge(desired, good, Verified(desired, good), null, null), Is.Empty, "it is as it should be");
    }

    [TestCaseSource(nameof(Values))]
    public void Without_memory_the_change_is_drift_unless_the_row_is_newer_by_more_than_the_clocks_may_differ(
        ManagedValue value, DesiredMethods desired, CurrentMethods _, CurrentMethods now)
    {
        foreach ((long ticks, bool drift) in new[] { (-1L, false), (0L, false), (1L, true) })
        {
            Assert.That(Judge(desired, now, null, Noon, Noon - Skew + TimeSpan.FromTicks(ticks)), Is.EqualTo(drift ? [value] : Array.Empty<ManagedValue>()));
        }

        Assert.That(Judge(desired, now, null, Noon, null), Is.Empty, "no change is known of");
        Assert.That(Judge(desired, now, null, null, Noon), Is.Empty, "the row does not say how old it is");
    }

    [TestCaseSource(nameof(Values))]
    public void With_memory_a_newer_row_wins_only_over_a_change_since_it_was_verified(
        ManagedValue value, DesiredMethods desired, CurrentMethods good, CurrentMethods now)
    {
        VerifiedState state = Verified(desired, good);
        foreach ((long ticks, bool drift) in new[] { (-1L, true), (0L, true), (1L, false) })
        {
            Assert.That(Judge(desired, now, state, Noon.AddHours(1), Noon.AddTicks(ticks)), Is.EqualTo(drift ? [value] : Array.Empty<ManagedValue>()));
        }
    }

    [Test]
    public void Every_value_belongs_to_its_part_and_to_no_other()
    {
        Part[] removals =
        [
            .. Enum.GetValues<Part>().Except([Part.Phones, Part.Email, Part.SmsSignIn, Part.PreferredMethod, Part.Password, Part.Membership]),
        ];
        Dictionary<ManagedValue, Part[]> table = new()
        {
            [ManagedValue.Mobile] = [Part.Phones], [ManagedValue.AlternateMobile] = [Part.Phones], [ManagedValue.Office] = [Part.Phones],
            [ManagedValue.Email] = [Part.Email], [ManagedValue.SmsSignIn] = [Part.SmsSignIn], [ManagedValue.PreferredMethod] = [Part.PreferredMethod],
            [ManagedValue.Removals] = removals, [ManagedValue.RemovalsWanted] = removals,
        };
        foreach ((ManagedValue value, Part[] parts) in table)
        {
            Assert.That(Enum.GetValues<Part>().Where(part => DriftedValue.Concerns(value, part)), Is.EquivalentTo(parts), $"{value}");
        }
    }

    private static VerifiedState Verified(DesiredMethods desired, CurrentMethods good) =>
        new("uid", Digests.Row(desired), default, default, Noon) { Parts = Digests.Parts(desired, good, Noon) };

    private static ImmutableArray<ManagedValue> Judge(
        DesiredMethods desired, CurrentMethods now, VerifiedState? state, DateTimeOffset? asOf, DateTimeOffset? changedAt) =>
        [.. DriftRule.Judge(new DriftCase(desired, now, state, asOf, changedAt), Digests, Skew).Select(d => d.Of)];
}
