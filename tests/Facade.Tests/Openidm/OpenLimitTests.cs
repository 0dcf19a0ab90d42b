using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>What an opening of a limit must say.</summary>
public sealed class OpenLimitTests
{
    [TestCase("deletes=3", WindowMeasure.Deletes, 3)]
    [TestCase("LASTPHONE=1", WindowMeasure.LastPhone, 1)]
    public void An_allowance_is_a_measure_and_a_number(string option, WindowMeasure measure, long number) =>
        Assert.That(OpeningArguments.Allow([option]), Is.EqualTo(new[] { (measure, number) }));

    [TestCase("deletes")]
    [TestCase("deletes=0")]
    [TestCase("deletes=-1")]
    [TestCase("deletes=many")]
    [TestCase("protected=kim@contoso.com")]
    [TestCase("readErrors=5")]
    [TestCase("deletes=99999999999")]
    public void Anything_else_is_refused(string option) => Assert.That(() => OpeningArguments.Allow([option]), Throws.TypeOf<ProvisioningException>());

    [TestCase(null)]
    [TestCase("4")]
    [TestCase("00:00:00")]
    [TestCase("-01:00:00")]
    [TestCase("7.00:00:01")]
    public void A_time_is_needed_and_at_most_a_week(string? text) => Assert.That(() => OpeningArguments.Duration(text), Throws.TypeOf<ProvisioningException>());

    [Test]
    public void One_measure_is_opened_once_at_a_time() =>
        Assert.That(() => OpeningArguments.Allow(["deletes=1", "deletes=2"]), Throws.TypeOf<ProvisioningException>());
}
