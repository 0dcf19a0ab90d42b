using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Evidence.Secrets;

public sealed class SecretEnvelopeTests
{
    [Test]
    public void The_deletion_before_a_new_pass_takes_nothing_and_the_new_pass_is_handed_out_once()
    {
        Operation.RemoveMethod deletion = new(new AuthenticationMethod(MethodKind.TemporaryAccessPass, "old"), Reason.NotWanted);
        Operation.IssuePass issue = new(null, null, "old", Reason.NotWanted);
        SecretEnvelope envelope = new();
        envelope.Put(issue, Secret.From("pass"));

        Assert.That(envelope.Take(deletion), Is.Null);
        Assert.That(envelope.Take(issue)?.Reveal(), Is.EqualTo("pass"));
        Assert.That(envelope.Take(issue), Is.Null);
    }
}
