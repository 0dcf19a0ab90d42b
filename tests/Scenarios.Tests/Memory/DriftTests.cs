using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Memory;

/// <summary>What was changed in the tenant since it was verified, and what the tenant's own log shows.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DriftTests
{
    private const string Kim = "kim@contoso.com";
    private const string Stolen = "+1 2065550100";
    private const string New = "+1 2065550199";

    [Test]
    public async Task Tonights_old_list_does_not_bring_a_stolen_phone_back([Values] bool incremental)
    {
        await using Stage stage = await AppliedAsync();
        stage.Sandbox.Tenant.Change(Kim, new TenantChange.SetPhone(PhoneSlot.Mobile, New));

        string[] words = incremental ? ["--incremental"] : [];
        Answer text = await stage.RunAsync(["plan", "@people.csv", "--reveal", .. words]);
        Answer markdown = await stage.RunAsync(["plan", "@people.csv", "--format", "markdown", .. words]);
        Answer explain = await stage.RunAsync("explain", Kim, "--source", "@people.csv");
        Answer night = await NightAsync(stage, words);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Output, Does.Contain("Drift: changed in the tenant").And.Contain("1 in drift"), $"{text}");
            Assert.That(markdown.Output, Does.Contain("Drift: changed in the tenant").And.Contain("last verified at"), $"{markdown}");
            Assert.That(explain.Output, Does.Contain("drift"), $"{explain}");
            Assert.That(explain.Exit, Is.EqualTo(4));
            Assert.That((night.Exit, Held(night)), Is.EqualTo((4, "phones drift False")), $"{night}");
            Assert.That(night.Document.GetProperty("summary").GetProperty("drifted").GetInt64(), Is.EqualTo(1));
            Assert.That(stage.Sandbox.Tenant.User(Kim).Mobile, Is.EqualTo(New));
            new Secrets().Learn(New + "\n" + Stolen).AreNotIn("what is reported", night.All + explain.All + markdown.All);
        }

        Assert.That((await NightAsync(stage, words)).Exit, Is.EqualTo(4), "nor the list of the night after");
        stage.Shell.Write("people.csv", $"user,mobile,email\n{Kim},+1 2065550111,kim@example.com\nlee@contoso.com,+1 2065550200,\n");
        Answer changed = await NightAsync(stage, words);
        Assert.That(changed.Exit, Is.Zero, $"{changed}");
        Assert.That(stage.Sandbox.Tenant.User(Kim).Mobile, Is.EqualTo("+1 2065550111"));
    }

    [Test]
    public async Task Where_the_source_wins_it_is_put_back_and_reported()
    {
        await using Stage stage = await AppliedAsync();
        stage.Sandbox.Tenant.Change(Kim, new TenantChange.SetPhone(PhoneSlot.Mobile, New));
        stage.Set(s => s.Tenant()["Policy"] = new JsonObject { ["Drift"] = "SourceWins" });

        Answer night = await NightAsync(stage);

        Assert.That(night.Exit, Is.Zero, $"{night}");
        Assert.That(night.Output, Does.Contain("driftCorrected"));
        Assert.That(stage.Sandbox.Tenant.User(Kim).Mobile, Is.EqualTo(Stolen));
        stage.Set(s => s.Tenant()["Policy"] = new JsonObject());
        Assert.That((await NightAsync(stage)).Exit, Is.Zero);
    }

    [Test]
    public async Task A_drift_after_a_saved_plan_makes_it_stale()
    {
        await using Stage stage = await AppliedAsync();
        stage.Shell.Write("people.csv", $"user,mobile\n{Kim},+1 2065550111\nlee@contoso.com,+1 2065550200\n");
        Assert.That((await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json")).Exit, Is.Zero);
        stage.Sandbox.Tenant.Change(Kim, new TenantChange.SetPhone(PhoneSlot.Mobile, New));

        Answer apply = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(5), $"{apply}");
        Assert.That(stage.Sandbox.Tenant.User(Kim).Mobile, Is.EqualTo(New));
    }

    [Test]
    public async Task A_name_that_moved_to_another_account_is_held()
    {
        await using Stage stage = await AppliedAsync();
        stage.Sandbox.Tenant.Change(Kim, new TenantChange.Rename("kim.old@contoso.com"));
        stage.Sandbox.Tenant.Add(new SeedUser { Id = new Guid("5a17b0c5-0000-4000-8000-00000000beef"), UserPrincipalName = Kim });

        Answer night = await NightAsync(stage);
        Assert.That((night.Exit, Held(night)), Is.EqualTo((4, "phones identityChanged False")), $"{night}");
        Assert.That(stage.Sandbox.Tenant.User(Kim).Mobile, Is.Null);

        Answer allowed = await NightAsync(stage, "--allow", $"identityChanged={Kim}", "--reason", "made anew");
        Assert.That(allowed.Exit, Is.Zero, $"{allowed}");
        Assert.That(stage.Sandbox.Tenant.User(Kim).Mobile, Is.EqualTo(Stolen));
        Assert.That((await NightAsync(stage)).Exit, Is.Zero, "the name is the new account's now");
    }

    [Test]
    public async Task The_chain_of_evidence_agrees_with_the_tenants_log_until_another_client_uses_the_credential()
    {
        await using Stage stage = await AppliedAsync();
        stage.Sandbox.Tenant.Change("lee@contoso.com", new TenantChange.SetPhone(PhoneSlot.Office, New));
        stage.Time.Jump(TimeSpan.FromDays(3));

        Answer clean = await stage.RunAsync("audit", "compare", "--format", "json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((clean.Exit, clean.Text("kind"), clean.Document.GetProperty("matched").GetInt64()), Is.EqualTo((0, "auditCompare", 2L)), $"{clean}");
            Assert.That(clean.Document.GetProperty("changesByOthers").GetArrayLength(), Is.EqualTo(1), $"{clean}");
        }

        using HttpClient stranger = new() { BaseAddress = stage.Sandbox.Address };
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "rehearsal");
        using HttpResponseMessage answer = await stranger.PostAsJsonAsync($"/v1.0/users/{Kim}/authentication/phoneMethods",
            new { phoneNumber = New, phoneType = "alternateMobile" });
        Assert.That(answer.IsSuccessStatusCode, $"{answer}");
        stage.Time.Jump(TimeSpan.FromDays(1));

        Answer found = await stage.RunAsync("audit", "compare", "--format", "json");
        Assert.That((found.Exit, string.Join(",", found.Codes("findings"))), Is.EqualTo((1, "unknownChange")), $"{found}");
        Assert.That((await stage.RunAsync("audit", "compare")).Output, Does.Contain("1 finding;"));
    }

    [TestCase("people.csv")]
    [TestCase("undo leavers.csv")]
    [TestCase("undo r20260301-120000-abcdef.csv")]
    [TestCase("action list.csv")]
    [TestCase("facade list.csv")]
    public async Task A_file_is_settled_and_proposed_again_whatever_its_name_begins_with(string file)
    {
        await using Stage stage = await AppliedAsync();
        Task<Answer> NextAsync(string list)
        {
            stage.Shell.Write(file, list);
            stage.Time.Jump(TimeSpan.FromHours(20));
            return stage.RunAsync("apply", $"@{file}", "--yes", "--format", "json");
        }

        await NextAsync($"user,mobile,office\n{Kim},{Stolen},+1 2065550111\n");
        Answer withoutOffice = await NextAsync($"user,mobile\n{Kim},{New}\n");
        stage.Sandbox.Tenant.Change(Kim, new TenantChange.SetPhone(PhoneSlot.Office, "+1 2065550122"));
        Answer withOffice = await NextAsync($"user,mobile,office\n{Kim},{New},+1 2065550111\n");
        stage.Shell.Write(file, $"user,mobile\n{Kim},{Stolen}\n");
        Answer plan = await stage.RunAsync("plan", $"@{file}", "--delta");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(withoutOffice.Document.GetProperty("origin").GetRawText(), Is.EqualTo("""{"kind":"source"}"""), $"{withoutOffice}");
            Assert.That((withOffice.Exit, Held(withOffice)), Is.EqualTo((0, "")),
                "the office number was settled as not of the list, so nothing of it has drifted");
            Assert.That(stage.Sandbox.Tenant.User(Kim).Office, Is.EqualTo("+1 2065550111"));
            Assert.That(plan.Output, Does.Contain("provision apply ").And.Contain(file), $"{plan}");
        }
    }

    private static async Task<Stage> AppliedAsync()
    {
        Stage stage = await Stage.OpenAsync(JsonSerializer.Serialize(new
        {
            users = new[] { new { userPrincipalName = Kim },
            new { userPrincipalName = "lee@contoso.com" } }
        }));
        stage.Shell.Write("people.csv", $"user,mobile\n{Kim},{Stolen}\nlee@contoso.com,+1 2065550200\n");
        Assert.That((await NightAsync(stage)).Exit, Is.Zero);
        return stage;
    }

    private static async Task<Answer> NightAsync(Stage stage, params string[] words)
    {
        Answer night = await stage.RunAsync(["apply", "@people.csv", "--yes", "--format", "json", .. words]);
        stage.Time.Jump(TimeSpan.FromHours(20));
        return night;
    }

    private static string Held(Answer run) => string.Join(",", run.Document.GetProperty("users").EnumerateArray()
        .SelectMany(u => u.GetProperty("held").EnumerateArray())
        .Select(h => $"{h.GetProperty("part").GetString()} {h.GetProperty("code").GetString()} {h.GetProperty("standing").GetBoolean()}"));
}
