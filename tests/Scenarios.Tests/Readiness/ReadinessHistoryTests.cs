using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Readiness;

/// <summary>What runs keep of people (docs/retirement.md#what-is-kept-of-people).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadinessHistoryTests
{
    private const string Phone = "phone@contoso.com";

    [Test]
    public async Task By_default_no_one_is_kept()
    {
        await using Stage stage = await Tenants.StageAsync();
        await stage.RunAsync("readiness");

        Assert.That(await BandsAsync(stage, Phone), Is.Null);
        Assert.That((await stage.RunAsync("readiness", "forget", Phone, "--format", "json")).Document.GetProperty("found").GetBoolean(), Is.False);
    }

    [Test]
    public async Task The_bands_of_a_person_are_kept_where_they_change_by_name_and_by_object_id_until_they_are_forgotten()
    {
        await using Stage stage = await Tenants.StageAsync(settings: Kept());
        await stage.RunAsync("readiness", "--as-of", "live");
        await stage.RunAsync("readiness", "--as-of", "live");
        stage.Sandbox.Tenant.Change(Phone, new TenantChange.AddMethod(new SeedMethod { Kind = "fido2" }));
        Answer last = await stage.RunAsync("readiness", "--as-of", "live", "--format", "json");
        string uid = ReadinessAnswers.People(ReadinessAnswers.Tenant(last)).Single(static p => p.GetProperty("user").GetString() == Phone)
            .GetProperty("uid").GetString()!;

        Assert.That(await BandsAsync(stage, Phone), Is.EqualTo(new[] { "B0", "B1" }));
        Assert.That(await BandsAsync(stage, uid.ToUpperInvariant()), Is.EqualTo(new[] { "B0", "B1" }));
        Assert.That(await BandsAsync(stage, "mailbox@contoso.com"), Is.Empty, "excluded people are not kept");
        Assert.That((await stage.RunAsync("history", Phone)).Output, Does.Contain("band B1 from then on"));

        Answer forgotten = await stage.RunAsync("readiness", "forget", Phone, "--format", "json");

        Assert.That((forgotten.Exit, forgotten.Document.GetProperty("found").GetBoolean()), Is.EqualTo((0, true)));
        Assert.That((await BandsAsync(stage, Phone), await BandsAsync(stage, uid)), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
        Assert.That((await stage.RunAsync("readiness", "forget", Phone, "--format", "json")).Document.GetProperty("found").GetBoolean(), Is.False);
        Assert.That(await BandsAsync(stage, "office@contoso.com"), Is.EqualTo(new[] { "B0" }), "no one else");
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task After_the_end_or_with_counts_only_everybody_is_deleted(bool ended)
    {
        await using Stage stage = await Tenants.StageAsync(settings: Kept("2026-12-05"));
        await stage.RunAsync("readiness");
        Assert.That(await BandsAsync(stage, Phone), Is.Not.Empty);
        string configuration = await File.ReadAllTextAsync(stage.Shell.ConfigFile);

        if (ended) stage.Time.Jump(TimeSpan.FromDays(6));
        else await File.WriteAllTextAsync(stage.Shell.ConfigFile, configuration.Replace("\"People\"", "\"Counts\"", StringComparison.Ordinal));
        await stage.RunAsync("readiness");

        // With the decision and the day of before, nothing is found any more.
        await File.WriteAllTextAsync(stage.Shell.ConfigFile, configuration.Replace("2026-12-05", "2027-12-05", StringComparison.Ordinal));
        Assert.That(await BandsAsync(stage, Phone), Is.Empty);
    }

    [Test]
    public async Task People_are_kept_for_a_purpose_only()
    {
        JsonObject settings = Kept();
        settings["Readiness"]!.AsObject().Remove("Purpose");
        await using Stage stage = await Tenants.StageAsync(settings: settings);

        Assert.That((await stage.RunAsync("readiness")).Error, Does.Contain("People are kept for a purpose only"));
    }

    private static JsonObject Kept(string? until = null)
    {
        JsonObject settings = Tenants.Settings();
        JsonObject readiness = settings["Readiness"]!.AsObject();
        (readiness["History"], readiness["Purpose"]) = ("People", "calls before the date");
        if (until is not null) readiness["Until"] = until;
        return settings;
    }

    /// <summary>Null: the answer has none.</summary>
    private static async Task<string[]?> BandsAsync(Stage stage, string user)
    {
        Answer answer = await stage.RunAsync("history", user, "--format", "json");
        Assert.That(answer.Exit, Is.Zero, $"{answer}");
        return answer.Document.TryGetProperty("readiness", out JsonElement points)
            ? [.. points.EnumerateArray().Select(static point => point.GetProperty("band").GetString()!)] : null;
    }
}
