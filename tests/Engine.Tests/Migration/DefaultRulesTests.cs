using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Migration;

/// <summary>What becomes the default, and when SMS sign-in may end.</summary>
public sealed class DefaultRulesTests
{
    private static readonly DefaultMethod Sms = DefaultMethod.From(PreferredMethod.Sms);

    [Test]
    public void Push_goes_before_OATH_and_what_is_used_before_what_is_only_registered()
    {
        Assert.That(Next(People.Registered(PersonMethods.AuthenticatorPush), People.Registered(PersonMethods.SoftwareOath)), Is.EqualTo(PreferredMethod.Push));
        Assert.That(Next(People.Registered(PersonMethods.AuthenticatorPush), People.Used(PersonMethods.SoftwareOath)), Is.EqualTo(PreferredMethod.Oath));
        Assert.That(Next(People.Used(PersonMethods.HardwareOath)), Is.EqualTo(PreferredMethod.Oath));
        Assert.That(Next(People.Used(PersonMethods.Passkey), People.Used(PersonMethods.WindowsHello)), Is.Null);
    }

    [TestCase(PreferredMethod.Push)]
    [TestCase(PreferredMethod.Oath)]
    public void A_default_that_is_no_phone_stays(PreferredMethod now) => Assert.That(
        DefaultRules.Preferred(People.Ready.With(People.Used(PersonMethods.AuthenticatorPush)), DefaultMethod.From(now), People.Terms), Is.Null);

    [TestCase(PersonMethods.Passkey, true)]
    [TestCase(PersonMethods.AuthenticatorPasskey, true)]
    [TestCase(PersonMethods.AuthenticatorPasswordless, true)]
    [TestCase(PersonMethods.WindowsHello, true)]
    [TestCase(PersonMethods.PlatformCredential, true)]
    [TestCase(PersonMethods.QrCodePin, true)]
    [TestCase(PersonMethods.AuthenticatorPush, false)]
    [TestCase(PersonMethods.SoftwareOath, false)]
    [TestCase(PersonMethods.HardwareOath, false)]
    [TestCase(PersonMethods.External, false)]
    [TestCase(PersonMethods.TemporaryAccessPass, false)]
    [TestCase(PersonMethods.UnknownKind, false)]
    [TestCase(PersonMethods.MobilePhone, false)]
    public void SMS_sign_in_ends_where_another_first_factor_was_used_within_thirty_days(PersonMethods kind, bool ends)
    {
        Assert.That(DefaultRules.KeepsSmsSignIn(People.Ready.With(People.Used(kind, usedDaysAgo: 30)), People.Terms) is null, Is.EqualTo(ends));
        Assert.That(DefaultRules.KeepsSmsSignIn(People.Ready.With(People.Used(kind, usedDaysAgo: 31)), People.Terms), Is.Not.Null);
        Assert.That(DefaultRules.KeepsSmsSignIn(People.Ready.With(People.Registered(kind)), People.Terms), Is.Not.Null);
    }

    [Test]
    public void Without_a_reading_SMS_sign_in_stays() =>
        Assert.That(DefaultRules.KeepsSmsSignIn(People.Ready with { Registered = null }, People.Terms)?.Standing, Is.False);

    private static PreferredMethod? Next(params MethodUse[] methods) => DefaultRules.Preferred(People.Ready.With(methods), Sms, People.Terms);
}
