using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Migration;

/// <summary>From which day on a phone may go, by kind of account and role.</summary>
public sealed class CleanupDateTests
{
    [TestCase("2027-01-31", AccountKind.Member, Privilege.No, false)]
    [TestCase("2027-02-01", AccountKind.Member, Privilege.No, false)]
    [TestCase("2027-02-14", AccountKind.Member, Privilege.No, false)]
    [TestCase("2027-02-15", AccountKind.Member, Privilege.No, true)]
    [TestCase("2027-02-15", AccountKind.Member, Privilege.Eligible, true)]
    [TestCase("2027-02-15", AccountKind.InternalGuest, Privilege.Other, true)]
    [TestCase("2027-02-15", AccountKind.Member, Privilege.GlobalAdministrator, false)]
    [TestCase("2027-02-15", AccountKind.ExternalMember, Privilege.No, false)]
    [TestCase("2027-07-01", AccountKind.ExternalGuest, Privilege.No, false)]
    [TestCase("2027-07-14", AccountKind.Member, Privilege.GlobalAdministrator, false)]
    [TestCase("2027-07-15", AccountKind.Member, Privilege.GlobalAdministrator, true)]
    [TestCase("2027-07-15", AccountKind.ExternalGuest, Privilege.No, true)]
    [TestCase("2027-07-15", AccountKind.Member, Privilege.Unknown, false)]
    public void A_phone_goes_two_weeks_after_the_date_of_its_person(string day, AccountKind kind, Privilege privilege, bool goes) =>
        Assert.That(At(day, People.Ready.With(f => f with { Kind = kind, Privilege = privilege })).MayGo.Contains(PhoneType.Mobile), Is.EqualTo(goes));

    [Test]
    public void Until_then_the_reason_names_the_day()
    {
        HoldReason? held = At("2027-01-31", People.Ready).Held;

        Assert.That(held?.Code, Is.EqualTo(HoldCodes.NotYet));
        Assert.That(held?.Message, Does.Contain("2027-02-15"));
    }

    [Test]
    public void The_span_can_be_longer_and_never_shorter()
    {
        Assert.That(CleanupRules.From(new DateOnly(2027, 2, 1), new MigrationSettings { CleanupAfter = TimeSpan.FromDays(28) }).Day, Is.EqualTo(1));
        Assert.That(CleanupRules.From(new DateOnly(2027, 2, 1), new MigrationSettings { CleanupAfter = TimeSpan.Zero }).Day, Is.EqualTo(15));
    }

    [Test]
    public void Where_no_date_is_announced_no_phone_goes() =>
        Assert.That(CleanupRules.Judge(People.Ready, Terms("2029-01-01") with { Dates = null }).Held?.Code, Is.EqualTo(HoldCodes.NotYet));

    /// <summary>The person's method was used before the first of the days, so that the date alone decides.</summary>
    private static CleanupVerdict At(string day, MigratingPerson person) => CleanupRules.Judge(
        person.With(People.Used(PersonMethods.AuthenticatorPush, usedDaysAgo: 60)), Terms(day));

    private static MigrationTerms Terms(string day) => People.Terms with
    {
        At = new DateTimeOffset(DateOnly.ParseExact(day, "yyyy-MM-dd"), TimeOnly.MinValue, TimeSpan.Zero),
        Settings = new MigrationSettings { UsedWithin = TimeSpan.FromDays(2000), AfterReset = TimeSpan.Zero, PortableFor = TimeSpan.Zero },
    };
}
