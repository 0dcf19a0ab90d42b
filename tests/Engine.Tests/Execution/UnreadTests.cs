using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Tenant;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>A list that the service refuses in the middle of a run shows nothing: what was to be removed is neither done nor gone.</summary>
public sealed class UnreadTests
{
    private static readonly CurrentMethods User = Some.User.Mobile("+1 2065550100").With(MethodKind.Fido2) with { Default = DefaultMethod.None };

    private static Story Removing(Func<int, KindSet> refused, Func<int, WriteFault>? faults = null) => Story.Play(
        new Scenario(new Shape(User, Some.Desired.Remove(MethodKind.Fido2), PlanningPolicy.Default))
        {
            Reading = new ReadManner { Refused = refused }, Faults = faults ?? (_ => WriteFault.None),
        });

    [Test]
    public void Nothing_is_sent_where_the_kind_cannot_be_read_any_more()
    {
        Story story = Removing(_ => KindSet.Fido2);
        Assert.That(story.Tenant.Writes, Is.Empty, $"{story}");
        Assert.That(story.Final.Operations.Single() is { Outcome: OperationOutcome.Skipped, CountsAsDone: false }, Is.True, $"{story}");
    }

    [Test]
    public void A_removal_is_not_verified_by_a_reading_that_does_not_show_the_kind()
    {
        Story story = Removing(reads => reads == 0 ? KindSet.None : KindSet.Fido2);
        Assert.That((story.Final.Outcome, story.Final.Verified), Is.EqualTo((UserOutcome.Done, false)), $"{story}");
        Assert.That(story.Final.Diagnostics.Select(d => d.Code), Does.Contain("notVerified"));
    }

    [Test]
    public void A_removal_in_doubt_stays_unknown_where_no_reading_shows_the_kind()
    {
        Story story = Removing(reads => reads == 0 ? KindSet.None : KindSet.Fido2, _ => WriteFault.AppliedThenBroken);
        Assert.That(story.Final.Outcome, Is.EqualTo(UserOutcome.Unknown), $"{story}");
    }
}
