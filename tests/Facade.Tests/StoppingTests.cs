using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.TestKit.VirtualTime;

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
    public async Task After_the_signal_to_stop_nothing_begins_and_callers_are_told_to_come_back(string method, string path)
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

    [Test]
    public async Task What_does_not_end_after_half_as_long_again_is_left_behind()
    {
        ManualTime time = new();
        using WorkInFlight work = new();
        TaskCompletionSource never = new();
        _ = work.ServeAsync(() => never.Task);

        Task<DrainEnd> drained = work.DrainAsync(TimeSpan.FromSeconds(30), time);
        time.Pass(TimeSpan.FromSeconds(30));
        while (!work.GiveUp.IsCancellationRequested) await Task.Yield();
        while (!drained.IsCompleted)
        {
            Assert.That(work.Abandoned.IsCancellationRequested, Is.False);
            await Task.Yield();
            time.Pass(TimeSpan.FromSeconds(15));
        }

        Assert.That((await drained, work.Abandoned.IsCancellationRequested), Is.EqualTo((DrainEnd.Abandoned, true)));
    }

    [Test]
    public async Task Work_that_goes_on_is_waited_for_and_then_told_to_give_up()
    {
        ManualTime time = new();
        using WorkInFlight work = new();
        TaskCompletionSource<bool> first = new();
        _ = work.Track(first.Task);
        _ = work.Track(GivenUpAsync(work.GiveUp));

        Task<DrainEnd> drained = work.DrainAsync(TimeSpan.FromSeconds(30), time);
        first.SetResult(true);
        Assert.That((drained.IsCompleted, work.GiveUp.IsCancellationRequested), Is.EqualTo((false, false)));
        time.Pass(TimeSpan.FromSeconds(30));

        Assert.That((await drained, work.GiveUp.IsCancellationRequested), Is.EqualTo((DrainEnd.Cut, true)));

        static async Task<bool> GivenUpAsync(CancellationToken giveUp)
        {
            TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration told = giveUp.Register(() => ended.SetResult(true));
            return await ended.Task;
        }
    }
}
