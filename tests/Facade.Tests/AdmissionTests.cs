using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Tests.Plain;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Work that is accepted and has not begun is limited per tenant and per caller.</summary>
public sealed class AdmissionTests
{
    private const string Number = """{"number":"+1 2065550177"}""";

    [TestCase("three", "ada", "of this caller")]
    [TestCase("two", "ada", "of this caller")]
    [TestCase("ONE", "dan", "for this tenant")]
    [TestCase("two", "dan", null)]
    public void Beyond_what_may_wait_a_request_is_refused_with_the_time_that_is_left(string tenant, string actor, string? whose)
    {
        FakeTimeProvider time = new();
        Admission admission = new(new MaxWaitingSettings(3, 2), TimeSpan.FromSeconds(10), time);
        admission.Enter("one", "ada");
        time.Advance(TimeSpan.FromSeconds(4));
        admission.Enter("two", "ada");
        foreach (string other in new[] { "ben", "cleo" }) admission.Enter("one", other);

        FacadeRefusal? refusal = null;
        try
        {
            admission.Enter(tenant, actor);
        }
        catch (FacadeRefusal refused)
        {
            refusal = refused;
        }

        if (whose is null) Assert.That(refusal, Is.Null);
        else
        {
            Assert.That((refusal?.Code, refusal?.Word, refusal?.RetryAfter), Is.EqualTo((503, "tooMuchWaiting", TimeSpan.FromSeconds(6))));
            Assert.That(refusal?.Message, Does.Contain(whose));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void What_has_begun_or_ended_waits_no_longer(bool begins)
    {
        Admission admission = new(new MaxWaitingSettings(1, 1), TimeSpan.FromSeconds(10), new FakeTimeProvider());
        for (int i = 0; i < 3; i++)
        {
            WaitingWork waiting = admission.Enter("one", "ada");
            Assert.That(() => admission.Enter("one", "ada"), Throws.InstanceOf<FacadeRefusal>());
            if (begins) waiting.Begin();
            waiting.Dispose();
        }
    }

    [TestCase("PUT", PlainStage.Base + "ben@contoso.com/phones/mobile", null)]
    [TestCase("PUT", PlainStage.Base + "ben@contoso.com/phones/mobile", "key-1")]
    [TestCase("GET", PlainStage.Base + "ben@contoso.com/phones", null)]
    [TestCase("GET", "/openidm/system/one/user/ben@contoso.com", null)]
    [TestCase("PUT", "/openidm/system/one/user/ben@contoso.com", null)]
    public async Task A_request_too_many_gets_503_at_once(string method, string path, string? key)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(facade: """ "MaxWaiting": { "PerTenant": 1 } """,
            faults: """{ "rules": [ { "match": { "access": "read" }, "every": 1, "count": 99, "then": { "delayBefore": 1500 } } ] }""");
        Task<Answer> first = stage.GetAsync("ada@contoso.com/phones");
        while (stage.Rig.Services.Work.Count == 0) await Task.Delay(5);

        Answer second = await stage.Rig.SendAsync(path, method, method == "GET" ? null : new StringContent(
            path.StartsWith("/api", StringComparison.Ordinal) ? Number : "{}", System.Text.Encoding.UTF8, "application/json"),
            [Rig.Bearer(stage.Key), .. key is null ? Array.Empty<(string, string)>() : [("Idempotency-Key", key)]]);

        Assert.That(first.IsCompleted, Is.False);
        Assert.That(second.Status, Is.EqualTo(503), second.Body);
        Assert.That(int.Parse(second.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), Is.InRange(1, 10));
        Assert.That(second.Body, Does.Contain("MaxWaiting"));
        Assert.That((await first).Status, Is.EqualTo(200));
    }

    [TestCase(PlainStage.Base + "ada@contoso.com/phones/mobile", """{"number":"+1 2065550177"}""")]
    [TestCase("/openidm/system/one/user/ada@contoso.com", """{"__phoneAuthenticationMethods__":["+1 2065550177:mobile"]}""")]
    public async Task A_change_that_has_begun_keeps_no_other_from_being_accepted(string path, string body)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(facade: """ "ReplyWithin": "00:01:00", "MaxWaiting": { "PerTenant": 1, "PerCaller": 1 } """,
            faults: """{ "rules": [ { "match": { "access": "write" }, "every": 1, "count": 99, "then": { "delayBefore": 3000 } } ] }""");
        Task<Answer> change = stage.Rig.SendAsync(path, "PUT", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Rig.Bearer(stage.Key));
        while (stage.Rig.Services.Work.Count == 0) await Task.Delay(5);
        Answer read;
        do read = await stage.GetAsync("cleo@contoso.com/phones");
        while (read.Status == 503 && !change.IsCompleted);

        Assert.That((read.Status, change.IsCompleted, stage.Applied.Length), Is.EqualTo((200, false, 0)), read.Body);
        Assert.That((await change).Status, Is.LessThan(300), (await change).Body);
    }
}
