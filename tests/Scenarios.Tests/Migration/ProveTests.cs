using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Migration;

/// <summary><c>migrate prove</c> and <c>migrate status</c>, night after night (docs/retirement.md#prove).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProveTests
{
    private const string Fay = "fay@contoso.com";

    [Test]
    public async Task A_person_is_followed_from_the_invitation_to_the_removal_of_the_phone_and_nothing_is_written()
    {
        await using Stage stage = await Migrating.StageAsync(Invited(Migrating.Kiosk));
        string[] nights = new string[4];
        nights[0] = await ProveAsync(stage);
        stage.Time.Jump(TimeSpan.FromDays(1));
        stage.Sandbox.Tenant.Change("eva@contoso.com", new TenantChange.AddMethod(new SeedMethod { Kind = "fido2" }));
        stage.Time.Jump(TimeSpan.FromHours(1));
        nights[1] = await ProveAsync(stage);
        stage.Sandbox.Tenant.Change("eva@contoso.com", new TenantChange.UseMethods(StoredMethodKind.Fido2));
        nights[2] = await ProveAsync(stage);
        // Her SMS sign-in keeps the phone; when it ends, and after the date, cleanup would remove it.
        stage.Sandbox.Tenant.Change("eva@contoso.com", new TenantChange.SetPhone(PhoneSlot.Mobile, "+1 2065550107"));
        stage.Time.Jump(TimeSpan.FromDays(20));
        stage.Sandbox.Tenant.Change("eva@contoso.com", new TenantChange.UseMethods(StoredMethodKind.Fido2));
        stage.Sandbox.Tenant.Change("eva@contoso.com", new TenantChange.UseMethods(StoredMethodKind.MicrosoftAuthenticator));
        nights[3] = await ProveAsync(stage);
        Answer status = await stage.RunAsync("migrate", "status", "--format", "json");

        Assert.That(nights, Is.EqualTo(new[] { "invited 2", "invited 1, registered 1", "invited 1, used 1", "invited 1, phoneRemovable 1" }));
        Assert.That(status.Document.GetProperty("earlier").GetArrayLength(), Is.EqualTo(3));
        Assert.That(status.Document.GetProperty("stalled").GetProperty("notRegistered").GetInt32(), Is.EqualTo(1), "dan did nothing for three weeks");
        Assert.That((status.Exit, stage.NotReads().Length), Is.EqualTo((4, 0)));
    }

    [TestCase("On", true, "used 1")]
    [TestCase("Off", true, "registered 1")]
    [TestCase("On", false, "registered 1")]
    public async Task Where_methods_do_not_say_that_they_were_used_sign_ins_do_if_they_are_asked_for_and_licensed(string setting, bool licensed, string ends)
    {
        JsonObject settings = Invited(Migrating.Pilot);
        settings["Migration"]!["SignIns"] = setting;
        await using Stage stage = await Migrating.StageAsync(settings,
            $$""", "lastUsedDateTime": false, "reports": { "licensed": {{(licensed ? "true" : "false")}} }""");
        await ProveAsync(stage);
        stage.Time.Jump(TimeSpan.FromDays(1));
        stage.Sandbox.Tenant.Change("ada@contoso.com", new TenantChange.AddMethod(new SeedMethod { Kind = "fido2" }));
        stage.Time.Jump(TimeSpan.FromHours(1));
        Assert.That(await ProveAsync(stage), Is.EqualTo("registered 1"), "not used yet");
        stage.Sandbox.Tenant.Change("ada@contoso.com", new TenantChange.UseMethods(StoredMethodKind.Fido2));
        stage.Time.Jump(TimeSpan.FromHours(1));

        Assert.That(await ProveAsync(stage), Is.EqualTo(ends));
        Assert.That((await stage.RunAsync("migrate", "prove")).Error.Contains("sign-ins could not be read", StringComparison.Ordinal),
            Is.EqualTo(setting == "On" && !licensed));
    }

    [Test]
    public async Task What_was_there_before_the_invitation_proves_nothing_unless_the_date_is_given()
    {
        await using Stage now = await Migrating.StageAsync(Invited(Migrating.Pilot));
        await using Stage then = await Migrating.StageAsync(Invited(Migrating.Pilot));
        Assert.That(await ProveAsync(now), Is.EqualTo("invited 1"));
        Assert.That(await ProveAsync(then, "--invited-on", "2026-05-01"), Is.EqualTo("used 1"));
    }

    [Test]
    public async Task The_list_has_no_number_is_for_its_owner_alone_and_the_store_names_no_one()
    {
        await using Stage stage = await Migrating.StageAsync(Invited(Migrating.Kiosk));
        await ProveAsync(stage, "--out", "@people.csv");
        string list = File.ReadAllText(stage.Shell.At("people.csv"));
        Assert.That(list, Does.Contain("eva@contoso.com,invited").And.Not.Contain("2065550107"));
        if (OperatingSystem.IsWindows()) return;
        Assert.That(File.GetUnixFileMode(stage.Shell.At("people.csv")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Without_a_group_or_a_night_there_is_nothing_to_say()
    {
        await using Stage stage = await Migrating.StageAsync();
        Answer prove = await stage.RunAsync("migrate", "prove", "--format", "json");
        Answer status = await stage.RunAsync("migrate", "status", "--format", "json");
        Assert.That((prove.Exit, prove.Text("code"), status.Exit, status.Document.GetProperty("invited").GetInt32()),
            Is.EqualTo((1, "inviteGroupNeeded", 0, 0)));
        Assert.That(stage.Sandbox.Tenant.User(Fay).Credentials.Others, Has.Length.EqualTo(1));
    }

    private static async Task<string> ProveAsync(Stage stage, params string[] more)
    {
        Answer night = await stage.RunAsync(["migrate", "prove", "--format", "json", .. more]);
        Assert.That(night.Exit, Is.EqualTo(0).Or.EqualTo(4), $"{night}");
        return string.Join(", ", night.Document.GetProperty("states").EnumerateObject().Where(state => state.Value.GetInt32() > 0)
            .Select(state => $"{state.Name} {state.Value.GetInt32()}"));
    }

    private static JsonObject Invited(string group)
    {
        JsonObject settings = Migrating.Settings();
        settings["Migration"] = new JsonObject { ["InviteGroup"] = group };
        return settings;
    }
}
