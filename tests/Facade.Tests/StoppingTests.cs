using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Tests.Plain;
using ProvisioningConnector.Sandbox.Faults;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>After the signal to stop: what is under way is finished, nothing new begins, and neither is waited for without end.</summary>
public sealed class StoppingTests
{
    [Test]
    public async Task Stopping_lets_what_is_under_way_come_to_its_end()
    {
        TaskCompletionSource begun = new();
        TaskCompletionSource goOn = new();
        await using Rig rig = await Rig.StartAsync(map: routes => routes.MapGet("/slow", async (HttpContext c) =>
        {
            begun.SetResult();
            await goOn.Task;
            await c.Response.WriteAsync("done");
        }).ForEveryCaller());
        KeyText key = await rig.KeyAsync();
        Task<Answer> request = rig.AskAsync(key, "/slow");
        await begun.Task;

        Task stopping = rig.StopAsync();
        Assert.That(stopping.IsCompleted, Is.False);
        goOn.SetResult();

        Assert.That((await request).Body, Is.EqualTo("done"));
        await stopping;
        Assert.That(async () => await rig.SendAsync("/health/live"), Throws.InstanceOf<HttpRequestException>());
    }

    [TestCase("GET", "/openidm/info/ping")]
    [TestCase("PUT", "/openidm/system/one/user/ada@contoso.com")]
    [TestCase("POST", "/openidm/recon?_action=recon&mapping=x")]
    [TestCase("DELETE", "/api/v1/tenants/one/users/ada@contoso.com/phones/mobile")]
    public async Task After_the_signal_to_stop_nothing_begins_and_callers_get_Retry_After(string method, string path)
    {
        TaskCompletionSource goOn = new();
        TaskCompletionSource begun = new();
        await using Rig rig = await Rig.StartAsync(map: routes => routes.MapGet("/slow", async (HttpContext c) =>
        {
            begun.SetResult();
            await goOn.Task;
            await c.Response.WriteAsync("done");
        }).ForEveryCaller());
        KeyText key = await rig.KeyAsync();
        Task<Answer> request = rig.AskAsync(key, "/slow");
        await begun.Task;
        Task stopping = rig.StopAsync();

        Answer late = await rig.SendAsync(path, method, null, Rig.Bearer(key));
        Answer ready = await rig.SendAsync("/health/ready");
        goOn.SetResult();

        Assert.That((late.Status, late.Headers["Retry-After"], ready.Status, (await request).Body), Is.EqualTo((503, "5", 503, "done")), late.Body);
        Assert.That(late.Body, Does.Contain("stopping").And.Not.Contain("ada"));
        await stopping;
    }

    [TestCase("PUT", "/openidm/system/one/user/ada@contoso.com")]
    [TestCase("PATCH", "/openidm/system/one/user/ada@contoso.com")]
    [TestCase("POST", "/openidm/system/one?_action=approve")]
    [TestCase("PUT", "/api/v1/tenants/one/users/ada@contoso.com/phones/mobile")]
    public async Task A_request_whose_body_is_on_its_way_at_the_signal_is_answered_at_once(string method, string path)
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText key = await rig.KeyAsync(rights: [Right.Read, Right.Phones, Right.Approve]);
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(rig.Server.Addresses[0]).Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
            + $"Content-Type: application/json\r\nContent-Length: 100\r\nAuthorization: {Rig.Bearer(key).Value}\r\n\r\n"));
        using StreamReader reader = new(client.GetStream());
        // The server asks for the body when it begins to read it.
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 100 Continue"));
        await reader.ReadLineAsync();

        Task stopping = rig.StopAsync();
        string answer = await reader.ReadToEndAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 503").And.Contain("Retry-After: 5").And.Contain("Connection: close").And.Contain("Nothing was done"));
        await stopping;
    }

    [TestCase("/openidm/system/one/user/ada@contoso.com", """{"__phoneAuthenticationMethods__":["+1 2065550177:mobile"]}""", null)]
    [TestCase(PlainStage.Base + "ada@contoso.com/phones/mobile", """{"number":"+1 2065550177"}""", null)]
    [TestCase(PlainStage.Base + "ada@contoso.com/phones/mobile", """{"number":"+1 2065550177"}""", "key-1")]
    public async Task A_change_that_has_not_begun_at_the_signal_is_answered_at_once(string path, string body, string? key)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(faults: """{ "rules": [] }""");
        Assert.That((await stage.GetAsync("ben@contoso.com/phones")).Status, Is.EqualTo(200));
        stage.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "access": "read" }, "every": 1, "count": 99,"""
            + """ "then": { "delayBefore": 8000 } } ] }""");
        Task<Answer> change = stage.Rig.SendAsync(path, "PUT", new StringContent(body, Encoding.UTF8, "application/json"),
            [Rig.Bearer(stage.Key), .. key is null ? Array.Empty<(string, string)>() : [("Idempotency-Key", key)]]);
        while (stage.Rig.Services.Work.Count == 0) await Task.Delay(5);

        Task stopping = stage.Rig.StopAsync();
        Answer answer = await change.WaitAsync(TimeSpan.FromSeconds(4));

        Assert.That((answer.Status, answer.Headers["Retry-After"]), Is.EqualTo((503, "5")), answer.Body);
        Assert.That(stage.Applied, Is.Empty);
        await stopping;
    }

    [Test]
    public async Task An_answer_that_is_read_too_slowly_is_cut_when_the_time_to_finish_is_over()
    {
        TaskCompletionSource begun = new();
        await using Rig rig = await Rig.StartAsync(""" "DrainWithin": "00:00:00.500" """, map: routes => routes.MapGet("/half", async (HttpContext c) =>
        {
            await c.Response.WriteAsync("half");
            await c.Response.Body.FlushAsync();
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, c.RequestAborted);
        }).ForEveryCaller());
        Task<Answer> request = rig.AskAsync(await rig.KeyAsync(), "/half");
        await begun.Task;

        DrainEnd end = await rig.Server.StopAsync();

        Assert.That(end, Is.EqualTo(DrainEnd.Cut));
        Assert.That(async () => await request, Throws.InstanceOf<HttpRequestException>(), "Half an answer must not look like a whole one.");
    }

    [Test]
    public async Task What_does_not_end_after_half_as_long_again_is_left_behind()
    {
        FakeTimeProvider time = new();
        using WorkInFlight work = new(NullLogger<WorkInFlight>.Instance);
        TaskCompletionSource never = new();
        _ = work.ServeAsync(() => never.Task);

        Task<DrainEnd> drained = work.DrainAsync(TimeSpan.FromSeconds(30), time);
        time.Advance(TimeSpan.FromSeconds(30));
        while (!work.GiveUp.IsCancellationRequested) await Task.Yield();
        while (!drained.IsCompleted)
        {
            Assert.That(work.Abandoned.IsCancellationRequested, Is.False);
            await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.That((await drained, work.Abandoned.IsCancellationRequested), Is.EqualTo((DrainEnd.Abandoned, true)));
    }

    [Test]
    public async Task Work_that_goes_on_is_waited_for_and_then_cancelled()
    {
        FakeTimeProvider time = new();
        using WorkInFlight work = new(NullLogger<WorkInFlight>.Instance);
        TaskCompletionSource<bool> first = new();
        work.Start(() => first.Task);
        work.Start(() => GivenUpAsync(work.GiveUp));

        Task<DrainEnd> drained = work.DrainAsync(TimeSpan.FromSeconds(30), time);
        first.SetResult(true);
        Assert.That((drained.IsCompleted, work.GiveUp.IsCancellationRequested), Is.EqualTo((false, false)));
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.That((await drained, work.GiveUp.IsCancellationRequested), Is.EqualTo((DrainEnd.Cut, true)));

        static async Task<bool> GivenUpAsync(CancellationToken giveUp)
        {
            TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration reported = giveUp.Register(() => ended.SetResult(true));
            return await ended.Task;
        }
    }
}
