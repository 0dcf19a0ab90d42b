using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Readiness;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests.Readiness;

/// <summary>People read anew for the steps of the migration: what the service does not say is not known, and an odd answer is no answer.</summary>
public sealed class MigrationReaderTests
{
    private const string Uid = "u1";

    private static readonly DateTimeOffset May = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Methods_come_with_age_and_use_from_all_pages_and_without_the_password()
    {
        StubGraph stub = new((seen, _) => StubGraph.Json(200, seen.Path.Contains("skiptoken", StringComparison.Ordinal)
            ? """
              {"value":[{"@odata.type":"#microsoft.graph.temporaryAccessPassAuthenticationMethod","id":"t","createdDateTime":"2026-04-01T08:00:00Z",
                "startDateTime":"2026-05-01T08:00:00Z"},{"@odata.type":"#microsoft.graph.somethingNew","id":"n"}]}
              """
            : """
              {"value":[{"@odata.type":"#microsoft.graph.passwordAuthenticationMethod","id":"p"},
                {"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"m","phoneNumber":"+1 2065550100","phoneType":"mobile",
                 "smsSignInState":"ready"},
                {"@odata.type":"#microsoft.graph.fido2AuthenticationMethod","id":"f","createdDateTime":"2026-05-01T08:00:00Z",
                 "lastUsedDateTime":"2026-05-01T08:00:00Z"},
                {"@odata.type":"#microsoft.graph.microsoftAuthenticatorAuthenticationMethod","id":"a","createdDateTime":null,"lastUsedDateTime":null}],
               "@odata.nextLink":"https://graph.microsoft.com/beta/users/u1/authentication/methods?$skiptoken=2"}
              """));
        using Rig rig = new(stub);

        Assert.That((await new GraphMigrationReader(rig.Connection).ReadRegisteredAsync(Uid, default)).TryGet(out RegisteredMethods? read, out _), Is.True);
        Assert.That(read?.SmsSignIn, Is.EqualTo(SmsSignInState.Ready));
        Assert.That(read?.Methods, Is.EqualTo(new MethodUse[]
        {
            new(PersonMethods.MobilePhone, "m", null, null), new(PersonMethods.Passkey, "f", May, May), new(PersonMethods.AuthenticatorPush, "a", null, null),
            new(PersonMethods.TemporaryAccessPass, "t", May, null), new(PersonMethods.UnknownKind, "n", null, null),
        }));
    }

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("<html>")]
    [TestCase("""{"value":[{"id":"x"}]}""")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.fido2AuthenticationMethod"}]}""")]
    [TestCase("""{"value":[{"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","id":"m","phoneType":"satellite"}]}""")]
    [TestCase("""{"value":[],"@odata.nextLink":"https://graph.microsoft.com/beta/users/u1/authentication/methods"}""")]
    [TestCase("""{"value":[],"@odata.nextLink":"https://example.org/beta/users/u1/authentication/methods?p=2"}""")]
    public async Task An_odd_answer_is_no_answer(string body)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, body)));

        Assert.That((await new GraphMigrationReader(rig.Connection).ReadRegisteredAsync(Uid, default)).TryGet(out _, out ServiceError? error), Is.False);
        Assert.That(error, Is.Not.Null);
    }

    [TestCase("signInActivity", false, true)]
    [TestCase("identities", false, true)]
    [TestCase("lastPasswordChangeDateTime", false, false)]
    [TestCase("nothing", true, true)]
    public async Task A_column_that_is_refused_is_not_known(string refused, bool signIn, bool password)
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains(refused, StringComparison.Ordinal)
            ? StubGraph.Error(403, "Authorization_RequestDenied", "Insufficient privileges")
            : StubGraph.Json(200, seen.Path.Contains("lastPasswordChangeDateTime", StringComparison.Ordinal)
                ? """{"id":"u1","accountEnabled":true,"lastPasswordChangeDateTime":"2026-05-01T08:00:00Z"}""" : """{"id":"u1","accountEnabled":true}"""));
        using Rig rig = new(stub);

        Assert.That((await new GraphMigrationReader(rig.Connection).ReadPersonAsync(Uid, default)).TryGet(out FreshPerson? read, out _), Is.True);
        Assert.That((read?.LastSignInRead, read?.PasswordSetAt is not null, read?.Person.Enabled), Is.EqualTo((signIn, password, true)));
    }

    [TestCase("""{"id":"u2","accountEnabled":true}""")]
    [TestCase("""{"value":[]}""")]
    public async Task Another_person_is_no_answer(string body)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, body)));

        Assert.That((await new GraphMigrationReader(rig.Connection).ReadPersonAsync(Uid, default)).TryGet(out _, out _), Is.False);
    }
}
