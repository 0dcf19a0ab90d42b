using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>Whose work a named request is, when processes die and when they take long.</summary>
public sealed class ReplayTests
{
    private static readonly IdempotencyKey Named = new("ada and key 1", "put a number");

    [Test]
    public async Task The_repeat_of_a_request_whose_process_died_is_done_within_a_minute()
    {
        FakeTimeProvider time = new();
        await using Rig rig = await Rig.StartAsync(time: time);
        KnownRequest left = await RequestAsync(rig, time.GetUtcNow() + IdempotencyService.Abandoned);
        Assert.That(await rig.Services.Shared.Store.RequestKeys.BeginAsync(left, time.GetUtcNow(), default), Is.Null);
        IdempotencyService service = Made(rig, time);

        PlainAnswer early = await service.RunAsync(Named, () => Task.FromResult(new PlainAnswer(200, "{}")), default);
        time.Advance(IdempotencyService.Abandoned);
        PlainAnswer late = await service.RunAsync(Named, () => Task.FromResult(new PlainAnswer(200, "{}")), default);

        Assert.That((early.Status, late.Status), Is.EqualTo((409, 200)));
        Assert.That(IdempotencyService.Abandoned, Is.LessThan(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task A_request_that_takes_long_keeps_its_name_while_its_process_lives()
    {
        FakeTimeProvider time = new();
        await using Rig rig = await Rig.StartAsync(time: time);
        IRequestMemory memory = rig.Services.Shared.Store.RequestKeys;
        KnownRequest probe = await RequestAsync(rig, time.GetUtcNow());
        TaskCompletionSource begun = new();
        TaskCompletionSource<PlainAnswer> work = new();
        Task<PlainAnswer> first = Made(rig, time).RunAsync(Named, () =>
        {
            begun.SetResult();
            return work.Task;
        }, default);
        await begun.Task;

        time.Advance(IdempotencyService.Renewal);
        KnownRequest? known;
        do known = await memory.BeginAsync(probe, time.GetUtcNow(), default);
        while (known is not null && known.Until < time.GetUtcNow() + IdempotencyService.Abandoned);
        Assert.That(known, Has.Property("Until").EqualTo(time.GetUtcNow() + IdempotencyService.Abandoned).And.Property("Answer").Null);

        work.SetResult(new PlainAnswer(200, "{\"done\":1}"));
        await first;
        PlainAnswer repeat = await Made(rig, time).RunAsync(Named, () => throw new AssertionException("Done twice."), default);
        Assert.That((repeat.Status, repeat.Body), Is.EqualTo((200, "{\"done\":1}")));
        Assert.That(IdempotencyService.Renewal * 3, Is.LessThan(IdempotencyService.Abandoned));
    }

    [Test]
    public async Task The_memory_of_requests_never_holds_a_secret([Values(200, 201, 500)] int status)
    {
        FakeTimeProvider time = new();
        await using Rig rig = await Rig.StartAsync(time: time);
        PlainAnswer secret = new(status, "{\"password\":\"Marker-9182-xyz\"}") { ReturnsSecret = true };

        PlainAnswer first = await Made(rig, time).RunAsync(Named, () => Task.FromResult(secret), default);
        KnownRequest? row = await rig.Services.Shared.Store.RequestKeys.BeginAsync(await RequestAsync(rig, time.GetUtcNow()), time.GetUtcNow(), default);
        PlainAnswer repeat = await Made(rig, time).RunAsync(Named, () => throw new AssertionException("Done twice."), default);

        Assert.That(first.Body, Is.EqualTo(secret.Body));
        Assert.That(row?.Answer, Is.EqualTo(new KnownAnswer(status, null, null, ReturnedSecret: true)));
        Assert.That(repeat.Status, Is.EqualTo(409));
        Assert.That(repeat.Body, Does.Contain("secretShownOnce"));
    }

    [Test]
    public async Task Of_several_who_wait_for_one_name_one_gets_the_secret([Values(2, 8)] int callers)
    {
        FakeTimeProvider time = new();
        await using Rig rig = await Rig.StartAsync(time: time);
        IdempotencyService service = Made(rig, time);
        TaskCompletionSource<PlainAnswer> work = new();
        int runs = 0;
        Task<PlainAnswer>[] all =
        [
            .. Enumerable.Range(0, callers).Select(_ => service.RunAsync(Named, () =>
            {
                Interlocked.Increment(ref runs);
                return work.Task;
            }, default)),
        ];
        work.SetResult(new PlainAnswer(200, "{\"password\":\"Marker-9182-xyz\"}") { ReturnsSecret = true });
        PlainAnswer[] answers = await Task.WhenAll(all);

        Assert.That(runs, Is.EqualTo(1));
        Assert.That(answers.Count(a => a.Body?.Contains("Marker-9182", StringComparison.Ordinal) == true), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status == 409).Select(a => a.Body).ToArray(), Has.Length.EqualTo(callers - 1).And.All.Contains("secretShownOnce"));
    }

    /// <summary>That of another process on the same store.</summary>
    private static IdempotencyService Made(Rig rig, TimeProvider time) =>
        new(rig.Services.Shared, rig.Services.Work, time, NullLogger<IdempotencyService>.Instance);

    private static async Task<KnownRequest> RequestAsync(Rig rig, DateTimeOffset until)
    {
        ReadOnlyMemory<byte> secret = await rig.Services.Shared.Store.KeyAsync(StoreKeys.Requests, default);
        IdempotencyKey key = Named.Digested(secret.Span);
        return new KnownRequest(key.Name, key.Content, until);
    }
}
