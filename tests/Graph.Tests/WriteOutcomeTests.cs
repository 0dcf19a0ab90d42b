using System.Net;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Tests.Support;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests;

public class WriteOutcomeTests
{
    [TestCase("3")]
    [TestCase("2.5")]
    [TestCase(null)]
    public async Task A_throttled_write_is_held_and_sent_again_as_often_as_it_takes(string? retryAfter)
    {
        StubGraph stub = new((_, number) => number <= 12
            ? StubGraph.Error(429, "TooManyRequests", "Please retry again later.", retryAfter is null ? [] : [("Retry-After", retryAfter)])
            : StubGraph.Json(204, ""));
        using Rig rig = new(stub);
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default), Is.InstanceOf<WriteAnswer.Accepted>());
        Assert.That(stub.Seen, Has.Length.EqualTo(13));
        Assert.That(rig.Pacer.Snapshot().Writes.ThrottledCalls, Is.EqualTo(12));
    }

    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    [TestCase(599)]
    [TestCase(408)]
    public async Task A_write_that_the_service_failed_on_is_ambiguous_and_not_repeated(int status)
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Json(status, "", ("request-id", "rid")));
        using Rig rig = new(stub);
        WriteAnswer answer = await rig.Writer.SendAsync(Rig.Uid, Some.Update(), default);
        Assert.That(answer, Is.InstanceOf<WriteAnswer.Ambiguous>());
        Assert.That(((WriteAnswer.Ambiguous)answer).Error, Has.Property("Status").EqualTo(status).And.Property("RequestId").EqualTo("rid"));
        Assert.That(stub.Seen, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_failing_service_is_in_doubt_whatever_its_text_says_and_one_that_does_not_offer_it_is_not()
    {
        using Rig failing = new(StubGraph.Create(() => StubGraph.Error(500, "badRequest", "Cannot delete default method with other methods configured.")));
        Assert.That(await failing.Writer.SendAsync(Rig.Uid, Some.Delete(), default),
            Is.InstanceOf<WriteAnswer.Ambiguous>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.DefaultMethod));
        using Rig without = new(StubGraph.Create(() => StubGraph.Error(501, "notImplemented", "")));
        Assert.That(await without.Writer.SendAsync(Rig.Uid, Some.Delete(), default), Is.InstanceOf<WriteAnswer.Refused>());
    }

    [TestCase(HttpRequestError.ConnectionError)]
    [TestCase(HttpRequestError.NameResolutionError)]
    [TestCase(HttpRequestError.SecureConnectionError)]
    [TestCase(HttpRequestError.ProxyTunnelError)]
    public async Task A_connection_that_never_came_about_is_tried_again_and_then_reported_as_not_sent(HttpRequestError error)
    {
        int tries = 0;
        using Rig rig = new(new Throwing(() =>
        {
            tries++;
            return new HttpRequestException(error, "no way");
        }));
        WriteAnswer answer = await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default);
        Assert.That(answer, Is.InstanceOf<WriteAnswer.NotSent>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.NoConnection));
        Assert.That(tries, Is.EqualTo(4));
    }

    [Test]
    public async Task A_connection_that_comes_about_later_serves_the_write()
    {
        int tries = 0;
        using Rig rig = new(new Throwing(() => ++tries < 3 ? new HttpRequestException(HttpRequestError.ConnectionError, "refused") : null));
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default), Is.InstanceOf<WriteAnswer.Accepted>());
    }

    [TestCase(HttpRequestError.ResponseEnded)]
    [TestCase(HttpRequestError.InvalidResponse)]
    [TestCase(HttpRequestError.Unknown)]
    [TestCase(HttpRequestError.HttpProtocolError)]
    public async Task Whatever_may_have_left_is_ambiguous(HttpRequestError error)
    {
        int tries = 0;
        using Rig rig = new(new Throwing(() =>
        {
            tries++;
            return new HttpRequestException(error, "broke");
        }));
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default),
            Is.InstanceOf<WriteAnswer.Ambiguous>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.ConnectionBroken));
        Assert.That(tries, Is.EqualTo(1));
    }

    [Test]
    public async Task A_connection_error_after_the_body_began_to_leave_is_ambiguous()
    {
        using Rig rig = new(new Throwing(() => new HttpRequestException(HttpRequestError.ConnectionError, "reset"), readBody: true));
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default), Is.InstanceOf<WriteAnswer.Ambiguous>());
    }

    [Test]
    public async Task A_write_without_an_answer_times_out_on_our_clock_and_is_ambiguous()
    {
        TestTime time = new();
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using Rig rig = new(new Hanging(entered), time: time);
        using CancellationTokenSource impatient = new();
        Task<WriteAnswer> sending = rig.Writer.SendAsync(Rig.Uid, Some.Add(), impatient.Token).AsTask();
        await entered.Task;
        await impatient.CancelAsync();
        Assert.That(sending.IsCompleted, Is.False, "a write that left is waited for");
        time.TimeOut();
        WriteAnswer answer = await sending;
        Assert.That(answer, Is.InstanceOf<WriteAnswer.Ambiguous>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.TimedOut));
        Assert.That(rig.Time.GetUtcNow() - answer.SentAt, Is.EqualTo(TestTime.RequestTimeout));
    }

    [Test]
    public void A_cancelled_write_that_did_not_leave_is_cancelled()
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Json(204, ""));
        using Rig rig = new(stub);
        Assert.That(async () => await rig.Writer.SendAsync(Rig.Uid, Some.Add(), new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(stub.Seen, Is.Empty);
    }

    [Test]
    public async Task A_write_follows_a_redirect_within_our_origins_only()
    {
        StubGraph stub = new((seen, _) => seen.Path.StartsWith("/v1.0/users/there", StringComparison.Ordinal)
            ? StubGraph.Json(204, "")
            : StubGraph.Json(307, "", ("Location", "https://graph.microsoft.com/v1.0/users/there")));
        using Rig rig = new(stub);
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default), Is.InstanceOf<WriteAnswer.Accepted>());
        Assert.That(stub.Seen[1].Body, Is.EqualTo(stub.Seen[0].Body));

        StubGraph foreign = StubGraph.Create(() => StubGraph.Json(307, "", ("Location", "https://evil.example/")));
        using Rig other = new(foreign);
        Assert.That(await other.Writer.SendAsync(Rig.Uid, Some.Add(), default),
            Is.InstanceOf<WriteAnswer.Refused>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.ForeignLink));
        Assert.That(foreign.Seen, Has.Length.EqualTo(1));
    }

    private sealed class Throwing(Func<Exception?> next, bool readBody = false) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (readBody) await request.Content!.ReadAsStringAsync(cancellationToken);
            return next() is { } exception ? throw exception : new HttpResponseMessage(HttpStatusCode.NoContent);
        }
    }

    private sealed class Hanging(TaskCompletionSource entered) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It hangs for ever.");
        }
    }
}
