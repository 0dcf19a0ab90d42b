using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Readiness;

public sealed class AccountSignsTests
{
    [TestCase(false, "a@contoso.com", null, false, AccountKind.Member, true)]
    [TestCase(false, "a@contoso.com", null, null, AccountKind.Member, true, Description = "no identities, and nothing says external")]
    [TestCase(true, "a@contoso.com", null, false, AccountKind.InternalGuest, true)]
    [TestCase(true, "a_x.com#EXT#@contoso.com", "Accepted", true, AccountKind.ExternalGuest, true)]
    [TestCase(true, "a_x.com#EXT#@contoso.com", null, true, AccountKind.ExternalGuest, true)]
    [TestCase(true, "a_x.com#EXT#@contoso.com", "Accepted", null, AccountKind.ExternalGuest, true)]
    [TestCase(false, "a_x.com#EXT#@contoso.com", "Accepted", true, AccountKind.ExternalMember, true)]
    [TestCase(false, "a@contoso.com", "Accepted", true, AccountKind.ExternalMember, true)]
    [TestCase(false, "a@contoso.com", null, true, AccountKind.ExternalMember, false, Description = "identities alone")]
    [TestCase(false, "a_x.com#EXT#@contoso.com", null, false, AccountKind.Member, false, Description = "converted, and the name kept")]
    [TestCase(true, "a_x.com#EXT#@contoso.com", null, null, AccountKind.ExternalGuest, false, Description = "the name alone")]
    [TestCase(null, "a@contoso.com", null, false, AccountKind.Member, false, Description = "the type is not reported")]
    public void The_kind_of_account_is_certain_only_where_its_signs_agree(
        bool? guest, string name, string? state, bool? foreign, AccountKind kind, bool certain) =>
        Assert.That(new AccountSigns(guest, name, state, foreign).Kind(), Is.EqualTo((kind, certain)));
}
