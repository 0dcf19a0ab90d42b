using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Migration.Invite;

/// <summary>What is wanted of the tenant's registration campaign is said, and nothing where it reaches the group already.</summary>
public sealed class InviteCampaignTests
{
    [TestCase("group-1", Severity.Info)]
    [TestCase("GROUP-1", Severity.Info)]
    [TestCase("all_users", Severity.Info)]
    [TestCase("group-2", Severity.Warning)]
    [TestCase(null, Severity.Warning)]
    public void A_campaign_that_does_not_reach_the_group_is_a_warning_with_the_wanted_target(string? target, Severity severity)
    {
        Diagnostic note = InviteCampaign.Note(new TenantPolicy { CampaignState = "enabled", CampaignTargets = target is null ? [] : [target] }, "group-1");
        Assert.That((note.Code, note.Severity), Is.EqualTo(("inviteCampaign", severity)));
        Assert.That(note.Message, Does.Contain(severity == Severity.Info ? "nothing is wanted" : "targets the group group-1"));
    }

    [Test]
    public void A_campaign_that_cannot_be_read_is_a_warning_with_the_permission() =>
        Assert.That(InviteCampaign.Note(null, "group-1").Message, Does.Contain("Policy.Read.AuthenticationMethod").And.Contain("group-1"));
}
