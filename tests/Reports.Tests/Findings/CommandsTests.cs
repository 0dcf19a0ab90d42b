using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Findings;

/// <summary>What is proposed next follows the plan's origin and never the name of its source.</summary>
public sealed class CommandsTests
{
    [TestCase("undo r20260301-120000-abcdef", "provision plan 'undo r20260301-120000-abcdef'", "provision apply 'undo r20260301-120000-abcdef'")]
    [TestCase("action offboard", "provision plan 'action offboard'", "provision apply 'action offboard'")]
    [TestCase("facade", "provision plan facade", "provision apply facade")]
    [TestCase("standard input", "provision plan 'standard input'", "provision apply 'standard input'")]
    public void A_file_is_proposed_by_its_name(string name, string plan, string apply) => Proposes(new PlanOrigin.Source(), name, plan, apply);

    [Test]
    public void Standard_input_is_not_proposed_as_a_file() =>
        Proposes(new PlanOrigin.StandardInput(), "standard input", "provision plan - with the same input",
            "save the plan with --out FILE and: provision apply FILE");

    [Test]
    public void An_undo_is_proposed_as_an_undo() =>
        Proposes(new PlanOrigin.Undo("r1"), "hr.csv", "provision undo r1", "provision undo r1 --out FILE and: provision apply FILE");

    [Test]
    public void A_change_of_one_user_is_not_proposed_as_a_plan()
    {
        Proposes(new PlanOrigin.Action("offboard"), "hr.csv", "run it again with --dry-run", "confirm; after --dry-run: run it without");
        Proposes(new PlanOrigin.Request(null), "hr.csv", "send the request again", "send the request without dry run");
    }

    private static void Proposes(PlanOrigin origin, string name, string plan, string apply)
    {
        PlanDocument head = PlanDocuments.From(Sample.Head() with { Origin = origin, Source = new SourceIdentity(name, null, 1, Delta: true) });
        Assert.That((Commands.Plan(head), Commands.Apply(head)), Is.EqualTo((plan, apply)));
    }
}
