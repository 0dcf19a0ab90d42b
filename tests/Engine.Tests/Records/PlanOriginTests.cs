using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Records;

public sealed class PlanOriginTests
{
    private static readonly SourceCensus Counted = new();

    private static readonly PlanOrigin[] WithoutList =
        [new PlanOrigin.Undo("r20260301-120000-abcdef"), new PlanOrigin.Action("reset-password"),
            new PlanOrigin.Request("SetPhone"), new PlanOrigin.Request(null)];

    [TestCaseSource(nameof(WithoutList))]
    public void What_an_earlier_version_wrote_without_a_list_gets_its_origin_from_its_name(object origin) =>
        Assert.That(PlanOrigin.OfOlder(new SourceIdentity(Name((PlanOrigin)origin), null, 3, Delta: true)), Is.EqualTo(origin));

    [TestCaseSource(nameof(WithoutList))]
    public void A_list_that_was_counted_is_a_source_whatever_its_name(object origin) =>
        Assert.That(PlanOrigin.OfOlder(new SourceIdentity(Name((PlanOrigin)origin), "00ff", 3, Delta: true) { Census = Counted }),
            Is.EqualTo(new PlanOrigin.Source()));

    [TestCaseSource(nameof(WithoutList))]
    public void A_list_of_everybody_is_a_source_whatever_its_name(object origin) =>
        Assert.That(PlanOrigin.OfOlder(new SourceIdentity(Name((PlanOrigin)origin), null, 3, Delta: false)), Is.EqualTo(new PlanOrigin.Source()));

    [TestCase("undo leavers.csv")]
    [TestCase("undo r2026.csv")]
    [TestCase("undo retired")]
    [TestCase("undo ")]
    [TestCase("undo r")]
    [TestCase("UNDO r20260301-120000-abcdef")]
    [TestCase("action list.csv")]
    [TestCase("action ")]
    [TestCase("facade.csv")]
    [TestCase("facade lifts.csv")]
    [TestCase("facade ")]
    [TestCase("-")]
    [TestCase("")]
    public void A_file_is_a_source_whatever_its_name_begins_with(string name) =>
        Assert.That(PlanOrigin.OfOlder(new SourceIdentity(name, null, 3, Delta: true)), Is.EqualTo(new PlanOrigin.Source()));

    private static string Name(PlanOrigin origin) => origin switch
    {
        PlanOrigin.Undo undo => undo.Name,
        PlanOrigin.OneUser one => one.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };
}
