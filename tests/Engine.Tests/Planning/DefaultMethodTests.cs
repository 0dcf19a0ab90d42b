using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Laws;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>Every fully managed state of the slots times every default that the user can have,
/// known or not, with and without other methods that stay or go.</summary>
public sealed class DefaultMethodTests
{
    private static readonly (int Has, int Loses)[] Others =
    [
        (0, 0),
        (OtherMethods.Authenticator, 0),
        (OtherMethods.Authenticator, OtherMethods.Authenticator),
    ];

    [Test]
    public void Every_default_keeps_the_laws([Values] SameNumberPolicy sameNumber, [Values] DefaultMethodPolicy policy) =>
        PlannerLaws.Judge(
            from phones in PhoneCase.All.Where(c => c.IsFullyManaged)
            from others in Others
            from known in Defaults(phones.Start with { Others = others.Has })
            select new Sketch(phones)
            {
                Others = others.Has,
                Removed = others.Loses,
                DefaultKnown = known.Known,
                Default = known.Default,
                Policy = new PlanningPolicy
                {
                    SameNumberInTwoSlots = sameNumber, DefaultMethod = policy,
                    KeepDefault = true, LastMethod = LastMethodPolicy.Allow
                },
            });

    private static IEnumerable<(Known Known, int Default)> Defaults(World world) =>
    [
        (Known.None, 0), (Known.NotRead, 0), (Known.Unreadable, 0),
        .. Enumerable.Range(1, 6).Where(preference => Service.IsThere(world, preference)).Select(preference => (Known.Is, preference)),
    ];
}
