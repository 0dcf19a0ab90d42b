using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Quotas;

/// <summary>docs/graph.md#throttling.</summary>
public sealed class Quota_tests
{
    private static ThrottleSettings Reads(double capacity, RetryAfterStyle style = RetryAfterStyle.WholeSeconds) =>
        new() { ResourceUnits = new(capacity, TimeSpan.FromSeconds(10)), RetryAfter = style };

    private static async Task<(Stage Stage, SandboxTime Time, string Path)> Open(ThrottleSettings quota)
    {
        SandboxTime time = new SandboxTime();
        Stage stage = await Stage.Open(new SandboxSettings { Quota = quota }, time);
        return (stage, time, $"/v1.0/users/{stage.Add("kim").Id}/authentication/methods");
    }

    [Test]
    public async Task Calls_over_the_limit_are_429_until_the_bucket_has_filled_again()
    {
        (Stage? stage, SandboxTime? time, string? path) = await Open(Reads(10));
        await using Stage _ = stage;
        for (int i = 0; i < 10; i++) Assert.That((await stage.Client.Get(path)).Status, Is.EqualTo(200));
        Reply refused = await stage.Client.Get(path);
        Assert.That((refused.Status, refused.ErrorCode), Is.EqualTo((429, "TooManyRequests")));
        Assert.That(refused.Headers["x-ms-throttle-information"], Is.EqualTo("ResourceUnitLimitExceeded"));
        time.Advance(TimeSpan.FromSeconds(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture)));
        Assert.That((await stage.Client.Get(path)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_throttled_call_consumes_too()
    {
        (Stage? stage, _, string? path) = await Open(Reads(10));
        await using Stage __ = stage;
        for (int i = 0; i < 10; i++) await stage.Client.Get(path);
        int first = int.Parse((await stage.Client.Get(path)).Headers["Retry-After"], CultureInfo.InvariantCulture);
        for (int i = 0; i < 8; i++) await stage.Client.Get(path);
        Assert.That(int.Parse((await stage.Client.Get(path)).Headers["Retry-After"], CultureInfo.InvariantCulture), Is.GreaterThan(first));
    }

    [Test]
    public async Task The_share_in_use_is_reported_from_four_fifths_on()
    {
        (Stage? stage, _, string? path) = await Open(Reads(10));
        await using Stage __ = stage;
        List<string?> reported = new List<string?>();
        for (int i = 0; i < 10; i++) reported.Add((await stage.Client.Get(path)).Headers.GetValueOrDefault("x-ms-throttle-limit-percentage"));
        Assert.That(reported[..7], Is.All.Null);
        Assert.That(reported[7..], Is.EqualTo(new[] { "0.8", "0.9", "1.0" }));
    }

    [TestCase(RetryAfterStyle.WholeSeconds, "^[0-9]+$")]
    [TestCase(RetryAfterStyle.Fraction, @"^[0-9]+\.[0-9]$")]
    [TestCase(RetryAfterStyle.HttpDate, "GMT$")]
    [TestCase(RetryAfterStyle.AlwaysOne, "^1$")]
    [TestCase(RetryAfterStyle.Missing, null)]
    public async Task Retry_After_has_many_spellings(RetryAfterStyle style, string? form)
    {
        (Stage? stage, _, string? path) = await Open(Reads(1, style));
        await using Stage __ = stage;
        await stage.Client.Get(path);
        string? after = (await stage.Client.Get(path)).Headers.GetValueOrDefault("Retry-After");
        Assert.That(after, form is null ? Is.Null : Does.Match(form));
    }

    [Test]
    public async Task Items_of_a_batch_are_counted_and_refused_one_by_one()
    {
        (Stage? stage, _, string? path) = await Open(Reads(5));
        await using Stage __ = stage;
        IEnumerable<string> items = Enumerable.Range(0, 8).Select(i => $$"""{"id":"{{i}}","method":"GET","url":"{{path[5..]}}"}""");
        Reply reply = await stage.Client.Post("/v1.0/$batch", $$"""{"requests":[{{string.Join(',', items)}}]}""");
        List<JsonElement> responses = reply.Json.GetProperty("responses").EnumerateArray().ToList();
        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That(responses.Count(r => r.GetProperty("status").GetInt32() == 429), Is.EqualTo(3));
        Assert.That(responses.Where(r => r.GetProperty("status").GetInt32() == 429).Select(r => r.GetProperty("headers").TryGetProperty("Retry-After", out _)),
            Is.All.True);
    }

    [Test]
    public async Task Unseen_clients_take_their_part_of_the_tenants_writes()
    {
        (Stage? stage, SandboxTime? time,
            string? path) = await Open(new ThrottleSettings { TenantWrites = new(1, TimeSpan.FromSeconds(1)), OtherClientsWrites = 0.9, ThrottledCost = 0 });
        await using Stage _ = stage;
        string phones = path.Replace("/methods", "/phoneMethods", StringComparison.Ordinal);
        Assert.That((await stage.Client.Post(phones, """{"phoneNumber":"+1 2065550100","phoneType":"mobile"}""")).Status, Is.EqualTo(201));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await stage.Client.Delete($"{phones}/{SlotNames.MobileId}")).Status, Is.EqualTo(429));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.That((await stage.Client.Delete($"{phones}/{SlotNames.MobileId}")).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task The_quota_may_change_in_the_middle_of_a_run()
    {
        (Stage? stage, SandboxTime? time,
            string? path) = await Open(Reads(100) with { Changes = [new ThrottleChange(TimeSpan.FromMinutes(1), ThrottleSettings.ReportClass)] });
        await using Stage _ = stage;
        for (int i = 0; i < 20; i++) Assert.That((await stage.Client.Get(path)).Status, Is.EqualTo(200));
        time.Advance(TimeSpan.FromMinutes(1));
        int served = 0;
        for (int i = 0; i < 20; i++) served += (await stage.Client.Get(path)).Status == 200 ? 1 : 0;
        Assert.That(served, Is.EqualTo(5));
    }

    [Test]
    public async Task Reports_have_a_quota_of_their_own()
    {
        (Stage? stage, _, string? path) = await Open(new ThrottleSettings { Reports = new(5, TimeSpan.FromSeconds(10)) });
        await using Stage __ = stage;
        int served = 0;
        for (int i = 0; i < 8; i++) served += (await stage.Client.Get("/v1.0/reports/authenticationMethods/userRegistrationDetails")).Status == 200 ? 1 : 0;
        Assert.That(served, Is.EqualTo(5));
        Assert.That((await stage.Client.Get(path)).Status, Is.EqualTo(200));
    }
}
