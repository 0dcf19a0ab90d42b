using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Support;
using static ProvisioningConnector.Scenarios.Tests.Readiness.ReadinessAnswers;

namespace ProvisioningConnector.Scenarios.Tests.Readiness;

/// <summary><c>readiness</c> against a tenant with one person of each kind.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadinessTests
{
    [TestCase("report")]
    [TestCase("live")]
    public async Task Every_person_has_the_band_of_their_kind_and_nothing_is_written(string asOf)
    {
        await using Stage stage = await Tenants.StageAsync();

        Answer answer = await stage.RunAsync("readiness", "--as-of", asOf, "--format", "json");

        Assert.That(answer.Exit, Is.EqualTo(4), $"{answer}");
        JsonElement tenant = Tenant(answer);
        Dictionary<string, string> bands = People(tenant).ToDictionary(p => Tenants.Name(Text(p, "user")), p => Text(p, "band"));
        Assert.That(bands, Is.EquivalentTo(Tenants.Bands));
        Assert.That(tenant.GetProperty("bands").EnumerateArray().Sum(b => b.GetProperty("people").GetInt64()), Is.EqualTo(Tenants.Bands.Count));
        Assert.That(stage.NotReads(), Is.Empty);
        Assert.That(stage.Sandbox.Journal.AppliedWrites, Is.Empty);
    }

    [Test]
    public async Task Dates_and_headline_numbers_go_by_person()
    {
        await using Stage stage = await Tenants.StageAsync();

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--format", "json"));

        Dictionary<string, JsonElement> people = People(tenant).ToDictionary(p => Tenants.Name(Text(p, "user")));
        Assert.That(new[] { "phone", "root", "eligible", "gast", "key" }.Select(name => Text(people[name], "retiresOn")),
            Is.EqualTo(new[] { "2027-02-01", "2027-07-01", "2027-02-01", "2027-07-01", "none" }));
        Assert.That((Text(people["root"], "privileged"), Text(people["eligible"], "privileged"), Text(people["gast"], "kind")),
            Is.EqualTo(("GA", "eligible", "externalGuest")));
        JsonElement headline = tenant.GetProperty("headline");
        Assert.That((headline.GetProperty("prompted").GetInt64(), headline.GetProperty("cannotGetThrough").GetInt64()), Is.EqualTo((4L, 0L)),
            "phone, office, future, eligible; the disabled person is not prompted");
        Assert.That(tenant.GetProperty("dates").GetProperty("daysLeft").GetInt32(), Is.EqualTo(62));
    }

    [Test]
    public async Task By_default_only_people_whom_the_report_lacks_are_read_live()
    {
        await using Stage stage = await Tenants.StageAsync();

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--format", "json"));

        Assert.That(People(tenant).Where(p => Text(p, "evidence") == "live").Select(p => Text(p, "user")), Is.EqualTo(new[] { "disabled@contoso.com" }));
        Assert.That(stage.Sandbox.Journal.Requests.Count(r => r.Kind == "methods.list"), Is.EqualTo(1));
        JsonElement report = tenant.GetProperty("report");
        Assert.That((report.GetProperty("missingPeople").GetInt64(), report.GetProperty("missingDisabled").GetInt64()), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task A_row_older_than_the_last_change_is_read_live_and_shown_as_a_difference()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with { Reports = s.Reports with { RegistrationDelay = TimeSpan.FromHours(12) } });
        stage.Time.Jump(TimeSpan.FromDays(1));
        stage.Sandbox.Tenant.Change("phone@contoso.com", new Sandbox.Tenant.TenantChange.AddMethod(new Sandbox.Seed.SeedMethod { Kind = "fido2" }));
        stage.Time.Jump(TimeSpan.FromMinutes(10));

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--format", "json"));

        JsonElement person = People(tenant).Single(p => Text(p, "user") == "phone@contoso.com");
        Assert.That((Text(person, "evidence"), Text(person, "band")), Is.EqualTo(("live", "B1")), "a passkey now; the default is still the phone");
        Assert.That(tenant.GetProperty("report").GetProperty("differentPeople").GetInt64(), Is.EqualTo(1));
    }

    [TestCase("CIAM", ExpectedResult = "later")]
    [TestCase("AAD B2C", ExpectedResult = "later")]
    [TestCase("AAD", ExpectedResult = "2027-02-01")]
    public async Task<string> A_tenant_without_an_announced_date_has_none(string type)
    {
        await using Stage stage = await Tenants.StageAsync(s => s with { TenantType = type });

        Answer answer = await stage.RunAsync("readiness", "--format", "json");

        return Text(People(Tenant(answer)).Single(p => Text(p, "user") == "phone@contoso.com"), "retiresOn");
    }

    [TestCase("On", 2)]
    [TestCase("Off", 0)]
    public async Task People_are_counted_by_manager_only_where_that_is_asked_for(string roll, int managers)
    {
        await using Stage stage = await Stage.OpenAsync("""
            { "users": [ { "userPrincipalName": "boss@contoso.com", "displayName": "Boss", "methods": [ { "kind": "fido2" } ] },
              { "userPrincipalName": "a@contoso.com", "phones": { "mobile": "+1 2065550101" }, "personal": { "manager": "boss@contoso.com" } } ] }
            """, new JsonObject { ["Readiness"] = new JsonObject { ["ManagerRollUp"] = roll } });

        JsonElement counts = Tenant(await stage.RunAsync("readiness", "--format", "json")).GetProperty("managers");

        Assert.That(counts.GetArrayLength(), Is.EqualTo(managers));
        if (managers > 0) Assert.That((Text(counts[0], "name"), counts[0].GetProperty("affected").GetInt64()), Is.EqualTo(("Boss", 1L)));
    }

    [Test]
    public async Task Worse_than_last_time_comes_before_an_affected_person()
    {
        await using Stage stage = await Tenants.StageAsync();

        Answer first = await stage.RunAsync("readiness", "--detailed-exitcode", "--format", "json");
        Answer same = await stage.RunAsync("readiness", "--detailed-exitcode", "--format", "json");
        stage.Sandbox.Tenant.Change("key@contoso.com", new Sandbox.Tenant.TenantChange.RemoveMethods(Sandbox.Model.StoredMethodKind.Fido2));
        stage.Sandbox.Tenant.Change("key@contoso.com", new Sandbox.Tenant.TenantChange.SetPhone(Sandbox.Model.PhoneSlot.Mobile, "+1 2065550199"));
        Answer worse = await stage.RunAsync("readiness", "--detailed-exitcode", "--format", "json");
        Answer plain = await stage.RunAsync("readiness", "--since", Text(Tenant(first), "runId"), "--format", "json");

        Assert.That((first.Exit, same.Exit, worse.Exit, plain.Exit), Is.EqualTo((4, 4, 2, 4)));
        Assert.That(Tenant(first).GetProperty("change").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Tenant(plain).GetProperty("change").GetProperty("bands").GetProperty("B0").GetInt64(), Is.EqualTo(1));
        Assert.That(Tenant(plain).GetProperty("history").GetArrayLength(), Is.EqualTo(4));
        Answer unknown = await stage.RunAsync("readiness", "--since", "a1", "--format", "json");
        Assert.That((unknown.Exit, Text(Tenant(unknown).GetProperty("error"), "code")), Is.EqualTo((1, "unknownRun")));
    }

    [Test]
    public async Task A_tenant_that_cannot_be_read_fails_no_other()
    {
        await using Stage stage = await Tenants.StageAsync();
        JsonObject good = (JsonObject)JsonNode.Parse(File.ReadAllText(stage.Shell.ConfigFile))!["Tenants"]!["contoso"]!.DeepClone();
        JsonObject bad = (JsonObject)good.DeepClone();
        (good["Labels"], bad["Labels"]) = (new JsonArray("north"), new JsonArray("north"));
        bad["Endpoint"] = "http://127.0.0.1:9";
        JsonObject other = (JsonObject)bad.DeepClone();
        other["Labels"] = new JsonArray("south");
        stage.Shell.Configure(new JsonObject { ["Tenants"] = new JsonObject { ["a"] = bad, ["b"] = good, ["c"] = other } });

        Answer answer = await stage.RunAsync("readiness", "--tenants", "north", "--format", "json");

        Assert.That(answer.Exit, Is.EqualTo(1), $"{answer}");
        JsonElement[] tenants = [.. answer.Document.GetProperty("tenants").EnumerateArray()];
        Assert.That(tenants.Select(t => t.GetProperty("tenant").GetProperty("name").GetString()), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(Text(tenants[0].GetProperty("error"), "code"), Is.EqualTo("PP101"));
        Assert.That(tenants[1].GetProperty("people").GetArrayLength(), Is.EqualTo(Tenants.Bands.Count));
        Assert.That((await stage.RunAsync("readiness", "--tenants", "east", "--format", "json")).Text("code"), Is.EqualTo("unknownLabel"));
    }

    [Test]
    public async Task What_the_tenant_itself_must_change_is_said_with_the_remedy_and_never_done()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with
        {
            Policy = s.Policy with
            {
                MigrationState = "preMigration",
                PasskeySelfService = false,
                Campaign = "disabled",
                OptedOut = true,
                Methods = s.Policy.Methods?.SetItem("TemporaryAccessPass", new MethodPolicySettings { Enabled = false }),
                Strengths = System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableArray<string>>.Empty
                    .Add("By phone", ["password,sms"]),
                Registration = [new RegistrationPolicySettings { DisplayName = "Only from the office", Blocks = true }],
            },
        });

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--format", "json"));

        Assert.That(tenant.GetProperty("findings").EnumerateArray().Select(f => Text(f, "code")), Is.SupersetOf(new[]
        {
            "migrationOpen", "passkeySelfServiceOff", "campaignOff", "optOut", "passOff", "phoneStrengths", "registrationBlocked", "providerNotSet",
        }));
        Assert.That(tenant.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("urgent").GetBoolean()).Select(f => Text(f, "remedy")),
            Has.None.Empty);
        Assert.That(tenant.GetProperty("headline").GetProperty("cannotGetThrough").GetInt64(), Is.EqualTo(5),
            "all who are prompted, among them who has a phone by the old policies only");
        Assert.That(Text(People(tenant).Single(p => Text(p, "user") == "outside@contoso.com"), "band"), Is.EqualTo("B0"),
            "the old policies may allow the phone");
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task Passkeys_that_are_off_and_limits_on_registering_are_findings()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with
        {
            Policy = s.Policy with
            {
                Methods = s.Policy.Methods?.SetItem("Fido2", new MethodPolicySettings { Enabled = false }),
                Registration = [new RegistrationPolicySettings { DisplayName = "Only from the office" }],
            },
        });

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--format", "json"));

        Assert.That(tenant.GetProperty("findings").EnumerateArray().Select(f => Text(f, "code")), Is.SupersetOf(new[] { "passkeyOff", "registrationLimited" }));
    }

    [TestCase("2027-01-31", "1 day left")]
    [TestCase("2027-02-01", "The date is today")]
    [TestCase("2027-02-15", "The date was 14 days ago")]
    [TestCase("2027-07-01", "The date was 150 days ago")]
    [TestCase("2027-07-15", "The date was 164 days ago")]
    public async Task The_countdown_goes_on_after_the_date_and_files_may_still_be_kept_for_a_while(string today, string countdown)
    {
        DateTimeOffset now = DateTimeOffset.Parse(today + "T08:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        await using Stage stage = await Tenants.StageAsync(beginning: now);

        Answer answer = await stage.RunAsync("readiness", "--report", "@people.json");

        Assert.That(answer.Exit, Is.EqualTo(4), $"{answer}");
        Assert.That(answer.Output, Does.Contain(countdown).And.Contain("Prompted on 2027-02-01: 4."));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(stage.Shell.At("people.json")));
        Assert.That(DateTime.Parse(Text(document.RootElement, "keepUntil"), System.Globalization.CultureInfo.InvariantCulture),
            Is.GreaterThanOrEqualTo(now.UtcDateTime.Date.AddDays(90)));
    }

    [Test]
    public async Task Numbers_of_an_authoritative_list_are_compared_and_shown_nowhere()
    {
        await using Stage stage = await Tenants.StageAsync();
        stage.Shell.Write("people.csv", """
            user,mobile
            phone@contoso.com,+1 2065550101
            reset@contoso.com,+1 2065559999
            key@contoso.com,+1 2065558888
            """);

        Answer answer = await stage.RunAsync("readiness", "--source", "@people.csv", "--format", "json");

        Dictionary<string, string> compared = People(Tenant(answer)).ToDictionary(p => Tenants.Name(Text(p, "user")), p => Text(p, "sourcePhone"));
        Assert.That((compared["phone"], compared["reset"], compared["key"], compared["app"]), Is.EqualTo(("same", "differs", "differs", "none")));
        Assert.That(stage.Sandbox.Journal.Requests.Count(r => r.Kind == "methods.list"), Is.EqualTo(3),
            "the disabled person, and two whose numbers are compared");
        Assert.That(answer.All, Does.Not.Contain("20655"));
    }

    [Test]
    public async Task No_affected_person_ends_with_zero()
    {
        await using Stage stage = await Stage.OpenAsync("""{ "users": [ { "userPrincipalName": "key@contoso.com", "methods": [ { "kind": "fido2" } ] } ] }""");

        Answer answer = await stage.RunAsync("readiness");

        Assert.That(answer.Exit, Is.Zero, $"{answer}");
    }
}
