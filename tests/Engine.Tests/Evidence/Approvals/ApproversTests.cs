using ProvisioningConnector.Engine.Evidence.Approvals;

namespace ProvisioningConnector.Engine.Tests.Evidence.Approvals;

/// <summary>Who may approve, and who is whom (docs/safety.md#approvals).</summary>
public sealed class ApproversTests
{
    private static readonly Approvers Known = new(
    [
        new Approver("anna", ["anna@laptop", "anna.admin@ops1", "key:anna"]),
        new Approver("bob", ["root@ops2", "jwt:bob", "key:bob (k7)"]),
        new Approver("carl", ["carl"]),
    ]);

    [TestCase("anna@laptop", "anna.admin@ops1", true, Description = "one person with two accounts")]
    [TestCase("ANNA@laptop", "anna@LAPTOP", true)]
    [TestCase("anna@laptop", "key:anna (k1)", true, Description = "and with a key")]
    [TestCase("root@ops2", "jwt:bob", true)]
    [TestCase("root@ops2", "key:bob (k7)", true)]
    [TestCase("carl@one", "carl@two", true, Description = "on any host")]
    [TestCase("anna@laptop", "root@ops2", false)]
    [TestCase("anna@laptop", "anna@desktop", true, Description = "not configured: the same user name")]
    [TestCase("root@ops2", "root@ops3", true, Description = "likewise")]
    [TestCase("root@ops2", "service@ops2", false)]
    [TestCase("key:bob (k8)", "root@ops2", false, Description = "another key of that name")]
    [TestCase("key:bob (k8)", "key:bob (k7)", false)]
    [TestCase("key:eve (k1)", "eve@one", false, Description = "a key's name is no account")]
    [TestCase("service@one", "service@two", true)]
    [TestCase("service@one", "other@one", false)]
    [TestCase("jwt:a@b", "jwt:a@c", false, Description = "what stands before the @ of a subject says nothing")]
    public void Actors_are_one_person_as_the_configuration_says(string left, string right, bool same)
    {
        Assert.That(Known.AreSame(left, right), Is.EqualTo(same));
        Assert.That(Known.AreSame(right, left), Is.EqualTo(same));
    }

    [Test]
    public void Two_persons_with_one_user_name_are_two_where_the_configuration_says_so()
    {
        Approvers roots = new([new Approver("anna", ["root@ops1"]), new Approver("bob", ["root@ops2"])]);

        Assert.That((roots.AreSame("root@ops1", "root@ops2"), Approvers.None.AreSame("root@ops1", "root@ops2")), Is.EqualTo((false, true)));
    }

    [TestCase("anna@laptop", true)]
    [TestCase("key:anna (k1)", true)]
    [TestCase("anna@desktop", false)]
    [TestCase("key:anna", true)]
    [TestCase("key:anna (k1) (k2)", false)]
    [TestCase("key:annabel (k1)", false)]
    [TestCase("eve@one", false)]
    public void Only_those_who_are_configured_may_approve(string actor, bool may) =>
        Assert.That((Known.NotBy(actor) is null, Approvers.None.NotBy(actor)), Is.EqualTo((may, (string?)null)));

    [TestCase("dora@here", false, Description = "an account says only who she is")]
    [TestCase("key:dora (k2)", true)]
    [TestCase("signed:dora", true)]
    [TestCase("signed:anna", false, Description = "she has no key")]
    [TestCase("signed:eve", false)]
    public void Who_has_a_key_approves_by_it(string actor, bool may)
    {
        Approver dora = new("dora", ["dora@here", "key:dora"]) { PublicKey = [1] };
        Approvers all = new([dora, new Approver("anna", ["anna@here"])]);

        Assert.That((all.NotBy(actor) is null, all.AreSame("signed:dora", "dora@here"), all.AreSame("signed:dora", "anna@here")),
            Is.EqualTo((may, true, false)));
        Assert.That(Approvers.None.NotBy("signed:dora"), Is.Not.Null, "a signature of no one who is configured");
    }
}
