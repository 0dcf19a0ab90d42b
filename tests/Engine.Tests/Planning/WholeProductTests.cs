using System.Globalization;
using ProvisioningConnector.Engine.Tests.Planning.Laws;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>
/// Phones, other methods, removals, default, SMS sign-in, e-mail, every policy, accounts and holds from outside, all at once.
/// The product is too large to enumerate, so it is drawn from by seed. PLANNER_SEED and PLANNER_SKETCHES in the environment
/// choose another seed and more sketches, for a long hunt.
/// </summary>
public sealed class WholeProductTests
{
    [Test]
    public void Everything_together_keeps_the_laws()
    {
        int seed = Setting("PLANNER_SEED", 20_651);
        int sketches = Setting("PLANNER_SKETCHES", 25_000);
        TestContext.Out.WriteLine(FormattableString.Invariant($"PLANNER_SEED={seed} PLANNER_SKETCHES={sketches}"));
        PlannerLaws.Judge(new SketchSampler(seed).Take(sketches));
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int given) ? given : usual;
}
