using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Tests.Samples;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace ProvisioningConnector.Stores.Tests.Bodies;

/// <summary>What is stored comes back exactly.</summary>
public sealed class BodyTests
{
    [Property(MaxTest = 150)]
    public void A_source_row_comes_back_exactly(int seed) => RoundTrip<SourceRow>(seed);

    [Property(MaxTest = 150)]
    public void A_directory_user_comes_back_exactly(int seed) => RoundTrip<DirectoryUser>(seed);

    [Property(MaxTest = 150)]
    public void A_planned_user_comes_back_exactly(int seed) => RoundTrip<PlannedUser>(seed);

    [Property(MaxTest = 150)]
    public void An_operation_comes_back_exactly(int seed) => RoundTrip<Operation>(seed);

    [Property(MaxTest = 150)]
    public void A_users_result_comes_back_exactly(int seed) => RoundTrip<UserResult>(seed);

    [Property(MaxTest = 150)]
    public void A_run_comes_back_exactly(int seed) => RoundTrip<RunHeader>(seed);

    [Test]
    public void Every_kind_of_operation_has_a_name_of_its_own()
    {
        Assert.That(OperationKinds.All.Select(kind => kind.Type),
            Is.EquivalentTo(typeof(Operation).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Operation)))));
        Assert.That(OperationKinds.All.Select(kind => kind.Name), Is.Unique);
    }

    [Test]
    public void Every_origin_of_a_plan_has_a_name_of_its_own()
    {
        Assert.That(OriginKinds.All.Select(kind => kind.Type), Is.EquivalentTo(typeof(PlanOrigin).GetNestedTypes().Where(type => !type.IsAbstract)));
        Assert.That(OriginKinds.All.Select(kind => kind.Name), Is.Unique);
    }

    [Test]
    public void Every_enumeration_is_stored_by_name() =>
        Assert.That(Text(new Operation.SwitchSmsSignIn(true, SmsSignInState.NotAllowedByPolicy, Reason.SignInWanted)),
            Does.Contain("\"notAllowedByPolicy\"").And.Contain("\"signInWanted\""));

    [Test]
    public void What_an_older_version_did_not_write_gets_its_default()
    {
        GuardrailLimits limits = Body.Read<GuardrailLimits>("""{"sharedNumber":7}"""u8);
        Assert.That(limits, Is.EqualTo(new GuardrailLimits { SharedNumber = 7 }));
        CurrentMethods methods = Body.Read<CurrentMethods>("{}"u8);
        Assert.That(methods.Others.IsDefault, Is.False);
    }

    [TestCase("undo r20260301-120000-abcdef", """{"kind":"undo","runId":"r20260301-120000-abcdef"}""")]
    [TestCase("action reset-password", """{"kind":"action","operation":"reset-password"}""")]
    [TestCase("facade", """{"kind":"request"}""")]
    [TestCase("undo leavers.csv", """{"kind":"source"}""")]
    public void A_plan_that_an_older_version_stored_gets_its_origin_once_when_it_is_read(string name, string expected)
    {
        RunHeader run = Sample.Run("r1", DateTimeOffset.UnixEpoch);
        run = run with { Plan = run.Plan with { Source = new SourceIdentity(name, null, 3, Delta: true) } };
        JsonObject older = JsonNode.Parse(Body.Write(run))!.AsObject();
        older["plan"]!.AsObject().Remove("origin");

        RunHeader read = Body.Read<RunHeader>(Encoding.UTF8.GetBytes(older.ToJsonString()));

        Assert.That(JsonNode.Parse(Body.Write(read))!["plan"]!["origin"]!.ToJsonString(), Is.EqualTo(expected));
    }

    [Test]
    public void An_origin_that_was_stored_counts_and_not_the_name()
    {
        RunHeader run = Sample.Run("r1", DateTimeOffset.UnixEpoch);
        run = run with { Plan = run.Plan with { Source = new SourceIdentity("undo r20260301-120000-abcdef", null, 3, Delta: true) } };
        Assert.That(Body.Read<RunHeader>(Body.Write(run)).Plan.Origin, Is.EqualTo(new PlanOrigin.Source()));
    }

    [Test]
    public void A_limit_that_is_switched_off_stays_so()
    {
        GuardrailLimits limits = new() { SharedNumber = null, MaxDeletes = Limit.None };
        Assert.That(Body.Read<GuardrailLimits>(Body.Write(limits)), Is.EqualTo(limits));
    }

    [Test]
    public void What_a_newer_version_wrote_besides_is_passed_over() =>
        Assert.That(Body.Read<Place>("""{"source":"a","row":3,"sheet":"x"}"""u8), Is.EqualTo(new Place("a", 3)));

    [TestCase("\ud800")]
    [TestCase("\0")]
    public void Text_that_is_no_text_does_not_stop_a_run(string odd) =>
        Assert.That(Body.Read<Place>(Body.Write(new Place("a" + odd))).Source, Does.StartWith("a"));

    [TestCase("""{"kind":"explode","reason":"missing"}""")]
    [TestCase("""{"kind":"addPhone","slot":"mobile","number":"12","reason":"missing"}""")]
    [TestCase("""{"kind":"resetPassword","reason":"why not"}""")]
    [TestCase("{")]
    [TestCase("null")]
    public void What_cannot_be_understood_is_refused(string body) =>
        Assert.That(() => Body.Read<Operation>(Encoding.UTF8.GetBytes(body)), Throws.InstanceOf<JsonException>());

    private static string Text<T>(T value) => Encoding.UTF8.GetString(Body.Write(value));

    private static void RoundTrip<T>(int seed)
        where T : class
    {
        T value = new AnyValue(seed).Create<T>();
        Assert.That(Deep.Text(Body.Read<T>(Body.Write(value))), Is.EqualTo(Deep.Text(value)));
    }
}
