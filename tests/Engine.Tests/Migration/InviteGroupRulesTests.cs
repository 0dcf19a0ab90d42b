using ProvisioningConnector.Engine.Migration;

namespace ProvisioningConnector.Engine.Tests.Migration;

/// <summary>Which groups people may be put into (docs/retirement.md#invite), enumerated.</summary>
public sealed class InviteGroupRulesTests
{
    private static readonly bool?[] Maybe = [true, false, null];
    private static readonly int?[] Count = [0, 1, null];

    [Test]
    public void A_group_is_fit_exactly_where_everything_is_known_and_it_confers_nothing()
    {
        int fit = 0;
        foreach (GroupTraits group in All())
        {
            bool may = group is
            {
                Security: true, Mail: false, Dynamic: false, OnPremises: false, RoleAssignable: false, Licences: 0, Applications: 0, Parents: 0, Policies: 0,
            };
            Assert.That(InviteGroupRules.Problems(group).IsEmpty, Is.EqualTo(may), $"{group}");
            if (may) fit++;
        }

        Assert.That(fit, Is.EqualTo(1));
        Assert.That(InviteGroupRules.Problems(new GroupTraits()), Has.Length.EqualTo(9), "nothing could be read");
    }

    private static IEnumerable<GroupTraits> All() =>
        from security in Maybe
        from mail in Maybe
        from rule in Maybe
        from synced in Maybe
        from role in Maybe
        from licences in Count
        from applications in Count
        from parents in Count
        from policies in Count
        select new GroupTraits
        {
            Security = security, Mail = mail, Dynamic = rule, OnPremises = synced, RoleAssignable = role,
            Licences = licences, Applications = applications, Parents = parents, Policies = policies,
        };
}
