using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>Who may not see a value does not learn by guessing whether it is right (docs/facade.md#rights).</summary>
public sealed class MaskingTests
{
    private const string Number = "+1 2065550100";
    private const string All = "?_fields=authenticationMethods";
    private static readonly string Users = $""" "users": [ {SystemBench.User(1)[..^1]}, "email": "ada@example.org", "mail": "ada@contoso.com" """ + "} ] ";

    private static readonly (string Attribute, string Current, string Other)[] Guesses =
    [
        ("__phoneAuthenticationMethods__", $"""["{Number}:mobile"]""", """["+1 2065550999:mobile"]"""),
        ("__phoneAuthenticationMethods__", $"\"{Number}:MOBILE\"", """["nonsense"]"""),
        ("__emailAuthenticationMethod__", "\"ada@example.org\"", "\"ben@example.org\""),
        ("__smsSignIn__", "false", "true"),
        ("__preferredMethod__", "\"push\"", "\"sms\""),
        ("__removeFido2Methods__", "[\"f1\"]", "[\"f9\"]"),
        ("mail", "\"ada@contoso.com\"", "\"ben@contoso.com\""),
        ("userPrincipalName", "\"u001@contoso.com\"", "\"u002@contoso.com\""),
    ];

    [TestCase("email", "read")]
    [TestCase("phones", "read")]
    [TestCase("email", "email")]
    [TestCase("remove", "read")]
    public async Task A_write_says_nothing_of_attributes_that_the_caller_may_not_change(string first, string second)
    {
        await using SystemBench bench = await SystemBench.StartAsync(Users);
        Assert.That(Rights.TryReadList($"{first},{second}", out System.Collections.Immutable.ImmutableArray<Right> rights, out _), Is.True);
        KeyText key = await bench.Rig.KeyAsync("narrow", "azuread", null, [.. rights]);
        int tried = 0;
        foreach ((string attribute, string current, string other) in Guesses)
        {
            if (rights.Contains(UserRight(attribute))) continue;
            tried++;
            Answer right = await bench.SendAsync(key, "PUT", SystemBench.PathOf(1), $$"""{"{{attribute}}":{{current}}}""");
            Answer wrong = await bench.SendAsync(key, "PUT", SystemBench.PathOf(1), $$"""{"{{attribute}}":{{other}}}""");
            Answer patched = await bench.SendAsync(key, "PATCH", SystemBench.PathOf(1),
                $$"""[{"operation":"replace","field":"/{{attribute}}","value":{{current}}}]""");

            Assert.That((right.Status, right.Code(), right.Body), Is.EqualTo((403, "rightMissing", wrong.Body)), attribute);
            Assert.That(patched.Body, Is.EqualTo(wrong.Body), attribute);
        }

        Assert.That(tried, Is.GreaterThan(2));
        Assert.That(bench.Sandbox.Journal.Counts.GetValueOrDefault("methods.list"), Is.Zero, "the tenant was not asked");
    }

    [Test]
    public async Task What_is_read_only_may_be_handed_back_as_the_caller_sees_it()
    {
        await using SystemBench bench = await SystemBench.StartAsync(Users);
        KeyText masked = await bench.Rig.KeyAsync("masked", "azuread", null, Right.Read, Right.Email);
        KeyText full = await bench.Rig.KeyAsync("full", "azuread", null, Right.Read, Right.ReadFull, Right.Email);
        string seen = Methods(await bench.SendAsync(full, "GET", SystemBench.PathOf(1) + All));
        string hidden = Methods(await bench.SendAsync(masked, "GET", SystemBench.PathOf(1) + All));
        string wrong = seen.Replace(Number, "+1 2065550999", StringComparison.Ordinal);
        Assert.That((seen.Contains(Number, StringComparison.Ordinal), hidden.Contains(Number, StringComparison.Ordinal)), Is.EqualTo((true, false)));

        Assert.That((await bench.SendAsync(full, "PUT", SystemBench.PathOf(1), seen)).Status, Is.EqualTo(200));
        Assert.That((await bench.SendAsync(masked, "PUT", SystemBench.PathOf(1), hidden)).Status, Is.EqualTo(200));
        Answer guessed = await bench.SendAsync(masked, "PUT", SystemBench.PathOf(1), seen);
        Answer missed = await bench.SendAsync(masked, "PUT", SystemBench.PathOf(1), wrong);
        Assert.That((guessed.Status, guessed.Body), Is.EqualTo((400, missed.Body)));
    }

    [Test]
    public async Task The_answer_to_a_write_shows_in_full_only_what_was_sent()
    {
        await using SystemBench bench = await SystemBench.StartAsync(Users);
        KeyText key = await bench.Rig.KeyAsync("writer", "azuread", null, Right.Read, Right.Phones, Right.Email, Right.Remove, Right.SmsSignIn);
        Answer nothing = await bench.SendAsync(key, "PUT", SystemBench.PathOf(1), "{}");
        Answer added = await bench.SendAsync(key, "PATCH", SystemBench.PathOf(1),
            """[{"operation":"add","field":"/__phoneAuthenticationMethods__","value":"+1 2065550177:office"}]""");
        Answer all = await bench.SendAsync(key, "PUT", SystemBench.PathOf(1),
            $$"""{"__phoneAuthenticationMethods__":["{{Number}}:mobile","+1 2065550177:office"],"__emailAuthenticationMethod__":"ada@example.org"}""");

        foreach (Answer answer in (Answer[])[nothing, added]) Assert.That((answer.Status, answer.Body.Contains(Number, StringComparison.Ordinal)),
            Is.EqualTo((200, false)), answer.Body);
        Assert.That((all.Status, all.Body.Contains(Number, StringComparison.Ordinal)), Is.EqualTo((200, true)), all.Body);
    }

    [Test]
    public async Task Numbers_cannot_be_tried_by_plans()
    {
        await using SystemBench bench = await SystemBench.StartAsync($$""" "users": [ {{SystemBench.User(1)}}, {{SystemBench.User(2)}} ] """,
            """ "PlansPerUser": 3 """);
        KeyText key = await bench.Rig.KeyAsync("planner", "azuread", null, Right.Plan, Right.Read);
        KeyText full = await bench.Rig.KeyAsync("reader", "azuread", null, Right.Plan, Right.ReadFull);
        string named = SystemBench.PathOf(1).Replace(SystemBench.Id(1), "u001@contoso.com", StringComparison.Ordinal);
        const string Plain = "/api/v1/tenants/azuread/users/u001@contoso.com/plan";

        Assert.That((await PlanAsync(key, SystemBench.PathOf(1))).Status, Is.EqualTo(200));
        Assert.That((await PlanAsync(key, named)).Status, Is.EqualTo(200));
        Assert.That((await PlainAsync(key)).Status, Is.EqualTo(200));
        Answer crest = await PlanAsync(key, SystemBench.PathOf(1));
        Answer plain = await PlainAsync(key);
        Answer byName = await PlanAsync(key, named.ToUpperInvariant().Replace("/OPENIDM/SYSTEM/AZUREAD/USER", SystemBench.Users, StringComparison.Ordinal));

        Assert.That((crest.Status, crest.Code(), byName.Status), Is.EqualTo((429, "tooManyPlans", 429)), crest.Body + byName.Body);
        Assert.That((plain.Status, plain.Json().GetProperty("code").GetString()), Is.EqualTo((429, "tooManyPlans")), plain.Body);
        Assert.That(int.Parse(crest.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), Is.InRange(3000, 3600));
        Assert.That((await PlanAsync(key, SystemBench.PathOf(2))).Status, Is.EqualTo(200), "another user");
        for (int i = 0; i < 5; i++) Assert.That((await PlanAsync(full, SystemBench.PathOf(1))).Status, Is.EqualTo(200), "no secret");

        Task<Answer> PlanAsync(KeyText by, string path) =>
            bench.SendAsync(by, "PUT", $"{path}?_dryRun=true", $$"""{"__phoneAuthenticationMethods__":["{{Number}}:mobile"]}""");

        Task<Answer> PlainAsync(KeyText by) => bench.SendAsync(by, "POST", Plain, $$"""{"mobile":"{{Number}}"}""");
    }

    [Test]
    public void An_hour_after_the_first_plan_there_are_as_many_again()
    {
        FakeTimeProvider time = new();
        PlanLimit limit = new(new FacadeSettings { PlansPerUser = 2 }, time);
        Caller caller = new Caller.Key("k", "k", ImmutableSortedDictionary<string, ImmutableArray<Right>>.Empty);
        RunResult plan = new RunResult.Invalid([]);
        limit.Count(caller, "one", plan, "ada");
        time.Advance(TimeSpan.FromMinutes(59));
        limit.Count(caller, "one", plan, "ADA");

        Assert.That(() => limit.Count(caller, "one", plan, "ada"),
            Throws.TypeOf<FacadeRefusal>().With.Property("RetryAfter").EqualTo(TimeSpan.FromMinutes(1)));
        limit.Count(caller, "two", plan, "ada");
        limit.Count(caller, "one", plan, "ben");
        time.Advance(TimeSpan.FromMinutes(1));
        limit.Count(caller, "one", plan, "ada");
        limit.Count(caller, "one", plan, "ada");
        Assert.That(() => limit.Count(caller, "one", plan, "ada"), Throws.TypeOf<FacadeRefusal>());
    }

    private static string Methods(Answer answer) => $$"""{"authenticationMethods":{{answer.Json().GetProperty("authenticationMethods").GetRawText()}}}""";

    private static Right UserRight(string attribute) => attribute switch
    {
        "__phoneAuthenticationMethods__" or "__preferredMethod__" => Right.Phones,
        "__emailAuthenticationMethod__" => Right.Email,
        "__smsSignIn__" => Right.SmsSignIn,
        "__removeFido2Methods__" => Right.Remove,
        _ => Right.Read,
    };
}
