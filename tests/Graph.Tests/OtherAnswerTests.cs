using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Changes;
using ProvisioningConnector.Graph.Secrets;
using ProvisioningConnector.Graph.Tests.Support;
using ProvisioningConnector.Graph.Users;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>
/// What proxies, gateways, captive portals and other services answer in Microsoft Graph's place, over real sockets: status × content type ×
/// body × call. Nothing of it is a success, a refusal, a missing user, a missing permission or a refused token.
/// </summary>
public class OtherAnswerTests
{
    private const string Page = "<!DOCTYPE html><html><head><title>404 Web Site not found</title></head><body>x</body></html>";
    private const string Secret = "Xk7!chosen-word";
    private static readonly CurrentEmail Email = new("3ddfcfc8-9383-446f-83cc-3ab9be4be18f", "old@contoso.com");
    private static readonly PasswordResetRequest Reset = new(PasswordRoute.ResetOperation, IsGiven: false);
    private static readonly PasswordResetRequest Profile = new(PasswordRoute.PasswordProfile, IsGiven: false);

    private static readonly Operation[] Writes =
    [
        Some.Add(), Some.Update(), Some.Delete(), new Operation.AddEmail("k@contoso.com", Some.Reason),
        new Operation.UpdateEmail(Email, "k@contoso.com", Some.Reason), new Operation.DeleteEmail(Email, Some.Reason), Remove(MethodKind.Fido2),
        Remove(MethodKind.HardwareOath), new Operation.SwitchSmsSignIn(true, default, Some.Reason), new Operation.SwitchSmsSignIn(false, default, Some.Reason),
        new Operation.Prefer(default, PreferredMethod.Push, Some.Reason, Part.PreferredMethod),
        new Operation.DeactivateToken(new AuthenticationMethod(MethodKind.HardwareOath, "h"), Some.Reason),
    ];

    private static readonly Operation[] SecretWrites =
    [
        new Operation.ResetPassword(Some.Reason) { Request = Reset }, new Operation.ResetPassword(Some.Reason) { Request = Profile },
        new Operation.IssuePass(60, true, null, Some.Reason),
    ];

    /// <summary>Bodies that Graph never answers with an error, under any type.</summary>
    private static readonly OtherAnswer[] Bodies =
    [
        new(0), new(0, "text/html; charset=utf-8", Page), new(0, null, Page), new(0, "application/json", Page), new(0, "text/html", "\uFEFF" + Page),
        new(0, "text/plain", "no healthy upstream"), new(0, "application/json", """{"message":"no route"}"""), new(0, "application/json", """{"error":"x"}"""),
        new(0, "application/json", """{"error":{"code":""}}"""), new(0, "application/json", """{"error":{"code":404,"message":"x"}}"""),
        new(0, "application/json", """{"error":{"code":"404"}}"""), new(0, "application/json", """{"error":{"message":"x"}}"""),
        new(0, "application/json", """{"code":"resourceNotFound","message":"x"}"""), new(0, "application/json", """[{"error":{"code":"resourceNotFound"}}]"""),
        new(0, "application/json", "null"), new(0, "application/json", """{"error":{"code":"resourceNotFound"}}<html>"""),
        new(0, "application/json", """{"error":{"code":"resourceNo""") { IsCut = true },
        new(0, "application/json") { Raw = [0x1F, 0x8B, 1, 2, 3, 4], Headers = "Content-Encoding: gzip\r\n" },
    ];

    private static readonly int[] Errors =
        [400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 412, 413, 421, 422, 423, 425, 428, 429, 431, 444, 451, 499,
            500, 501, 502, 503, 504, 511, 520, 530, 599];

    private static IEnumerable<OtherAnswer> ErrorAnswers() => Errors.SelectMany(status => Bodies.Select(body => body with { Status = status }));

    /// <summary>Answers of the class 2xx, and redirects, that are no acceptance.</summary>
    private static IEnumerable<OtherAnswer> FalseSuccesses()
    {
        foreach (int status in new[] { 200, 201, 202 })
        {
            foreach (OtherAnswer body in Bodies.Where(b => b.Body.Length > 0 || b.Raw is not null)) yield return body with { Status = status };
            yield return new(status, "text/html");
            yield return new(status, "text/html", """{"id":"x"}""");
            yield return new(status, "application/json", """["id"]""");
            yield return new(status, "application/json", "\"accepted\"");
            yield return new(status, "application/json", "true");
            yield return new(status, "application/captive+json", """{"captive":true,"user-portal-url":"https://portal.example/"}""");
            yield return new(status, "application/json", """{"status":"blocked","url":"https://x.example"}""");
            yield return new(status, "application/octet-stream", "\0\u0001");
        }

        foreach (int status in new[] { 203, 205, 206, 207, 208, 214, 226, 299 })
        {
            yield return new(status);
            yield return new(status, "application/json", """{"id":"x"}""");
            yield return new(status, "text/html", Page);
        }

        yield return new(304);
        foreach (int status in new[] { 300, 301, 302, 303, 305, 306 })
        {
            yield return new(status, "text/html", Page);
            yield return new(status, "text/html", Page) { Headers = "Location: https://portal.example/login\r\n" };
            yield return new(status, "text/html", Page) { Headers = "Location: /login\r\n" };
        }
    }

    private static IEnumerable<OtherAnswer> Acceptances(bool withBody)
    {
        yield return new(204);
        yield return new(204, "text/html");
        foreach (int status in new[] { 200, 201, 202 })
        {
            if (!withBody) yield return new(status);
            foreach (string? type in new[] { null, "application/json",
                "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8", "APPLICATION/JSON" })
            {
                foreach (string body in new[] { "", " \r\n", "{}", """{"id":"x"}""", """{"@odata.context":"c"}""", "\uFEFF" + """{"id":"x"}""",
                    """{"phoneNumber":"+1 2065550100","phoneType":"mobile","id":"x","smsSignInState":"notSupported"}""" })
                {
                    yield return new(status, type, body);
                }
            }
        }
    }

    [Test]
    public async Task A_write_that_something_else_answers_is_in_doubt_and_sent_once([ValueSource(nameof(Writes))] Operation operation)
    {
        await using SocketServer server = new();
        using Rig rig = server.Rig();
        foreach (OtherAnswer answer in ErrorAnswers().Concat(FalseSuccesses()))
        {
            server.Answer = answer;
            WriteAnswer came = await rig.Writer.SendAsync(Rig.Uid, operation, default);
            Assert.That(came, Is.InstanceOf<WriteAnswer.Ambiguous>(), $"{answer}");
            Assert.That(server.TakeRequests(), Is.EqualTo(1), $"{answer}");
            CheckDoubt(answer, ((WriteAnswer.Ambiguous)came).Error);
        }
    }

    [Test]
    public async Task A_secret_that_something_else_answers_for_is_in_doubt_and_sent_once([ValueSource(nameof(SecretWrites))] Operation operation,
        [Values] bool given)
    {
        await using SocketServer server = new();
        using Rig rig = server.Rig();
        GraphSecretWriter writer = new(rig.Connection, () => Engine.Evidence.Secrets.Secret.From("made-by-us"), rig.Time);
        foreach (OtherAnswer answer in ErrorAnswers().Concat(FalseSuccesses()))
        {
            server.Answer = answer with
            {
                Body = answer.Body.Replace("<body>", "<body>{\"newPassword\":\"page\",\"temporaryAccessPass\":\"page\"}", StringComparison.Ordinal),
            };
            SecretEnvelope envelope = new(given ? Engine.Evidence.Secrets.Secret.From(Secret) : null);
            WriteAnswer came = await writer.SendAsync(Rig.Uid, operation, envelope, default);
            Assert.That(came, Is.InstanceOf<WriteAnswer.Ambiguous>(), $"{answer}");
            Assert.That(server.TakeRequests(), Is.EqualTo(1), $"{answer}");
            CheckDoubt(answer, ((WriteAnswer.Ambiguous)came).Error);
            bool ours = !given && operation is Operation.ResetPassword { Request.Route: PasswordRoute.PasswordProfile };
            Assert.That(envelope.Take(operation)?.Reveal(), Is.EqualTo(ours ? "made-by-us" : null),
                "what may hold is reported as such; a page makes no password");
        }
    }

    [Test]
    public async Task A_write_that_Graph_accepts_is_accepted_with_and_without_a_body([ValueSource(nameof(Writes))] Operation operation)
    {
        await using SocketServer server = new();
        using Rig rig = server.Rig();
        foreach (OtherAnswer answer in Acceptances(withBody: false))
        {
            server.Answer = answer;
            Assert.That(await rig.Writer.SendAsync(Rig.Uid, operation, default), Is.InstanceOf<WriteAnswer.Accepted>(), $"{answer}");
        }
    }

    [Test]
    public async Task A_password_or_pass_that_Graph_accepts_is_reported()
    {
        await using SocketServer server = new();
        using Rig rig = server.Rig();
        GraphSecretWriter writer = new(rig.Connection, () => Engine.Evidence.Secrets.Secret.From("made-by-us"), rig.Time);
        foreach ((Operation operation, OtherAnswer answer, string reported) in new (Operation, OtherAnswer, string)[]
        {
            (SecretWrites[1], new(204), "made-by-us"),
            (SecretWrites[2], new(201, "application/json", """{"id":"x","temporaryAccessPass":"Ab#1"}"""), "Ab#1"),
            (SecretWrites[2], new(200, "application/json", """{"temporaryAccessPass":"Ab#1"}"""), "Ab#1"),
        })
        {
            server.Answer = answer;
            SecretEnvelope envelope = new();
            Assert.That(await writer.SendAsync(Rig.Uid, operation, envelope, default), Is.InstanceOf<WriteAnswer.Accepted>(), $"{answer}");
            Assert.That(envelope.Take(operation)?.Reveal(), Is.EqualTo(reported), $"{answer}");
        }
    }

    [TestCase("""{"status":"succeeded"}""")]
    [TestCase("""{"status":"failed","message":"no route"}""")]
    [TestCase(Page)]
    public async Task A_reset_is_followed_past_what_something_else_says_of_it(string body)
    {
        foreach (int status in new[] { 200, 400, 401, 403, 404, 410, 503 })
        {
            StubGraph stub = new((seen, number) => seen.Method == "POST"
                ? StubGraph.Json(202, """{"@odata.context":"c","newPassword":"Pw-1!xyz"}""", ("Location", "/v1.0/operations/1?x=1"))
                : number < 12 ? StubGraph.Json(status, body) : StubGraph.Json(200, """{"id":"1","status":"succeeded"}"""));
            using Rig rig = new(stub);
            SecretEnvelope envelope = new();
            WriteAnswer answer = await new GraphSecretWriter(rig.Connection, () => throw new InvalidOperationException(), rig.Time)
                .SendAsync(Rig.Uid, SecretWrites[0], envelope, default);
            Assert.That(answer, Is.InstanceOf<WriteAnswer.Accepted>(), $"{status}");
            Assert.That(envelope.Take(SecretWrites[0])?.Reveal(), Is.EqualTo("Pw-1!xyz"));
        }
    }

    [Test]
    public async Task A_read_that_something_else_answers_is_unreadable_and_says_nothing_of_the_user()
    {
        await using SocketServer server = new();
        using Rig rig = server.Rig();
        GraphUserSearch search = new(rig.Connection);
        GraphChangeFeed feed = new(rig.Connection, rig.Time);
        foreach (OtherAnswer answer in ErrorAnswers().Concat(Bodies.Where(b => b.Body.Length > 0).Select(b => b with { Status = 200 })))
        {
            server.Answer = answer;
            foreach (UserKey key in new[] { new UserKey(UserKeyKind.Name, "u0@contoso.com"), new UserKey(UserKeyKind.Name, Rig.Uid),
                new UserKey(UserKeyKind.EmployeeId, "7"), new UserKey(UserKeyKind.Mail, "u0@contoso.com") })
            {
                Check(answer, await rig.Directory.FindAsync(key, default) is DirectoryAnswer.Failed find ? find.Error : null);
            }

            Check(answer, await rig.ReadOneAsync() is MethodsReading.Failed one ? one.Error : null);
            Check(answer, await rig.ReadOneAsync(also: KindSets.All) is MethodsReading.Failed beta ? beta.Error : null);
            Check(answer, await ThrownAsync(async () => await rig.Directory.PagesAsync(default).FirstAsync()));
            Check(answer, await ThrownAsync(async () => await rig.Directory.CountAsync(default)));
            Check(answer, await search.PageAsync(new UserQuery([], null, 10), null, default) is UserPageAnswer.Failed page ? page.Error : null);
            Check(answer, await rig.Directory.ReadPrivilegedAsync(default) is PrivilegedReading.Unreadable roles ? roles.Error : null);
            Check(answer, (await feed.ChangesAsync(default, default).FirstAsync()).Error);
            Check(answer, (await feed.RegistrationsAsync(default).FirstAsync()).Error);
            Assert.That((await rig.Reader.ReadDefaultAsync(Rig.Uid, default)).Knowledge, Is.EqualTo(DefaultMethodKnowledge.Unreadable), $"{answer}");
        }
    }

    [Test]
    public async Task Users_of_a_batch_that_something_else_answers_are_not_read()
    {
        await using SocketServer server = new();
        ImmutableArray<UserRead> users = [new("a"), new("b"), new("c")];
        foreach (OtherAnswer answer in ErrorAnswers().Append(new(200, "text/html", Page)))
        {
            using Rig rig = server.Rig();
            server.Answer = answer;
            foreach (MethodsReading reading in await rig.Reader.ReadAsync(users, default))
                Check(answer, reading is MethodsReading.Failed failed ? failed.Error : null);
        }
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task A_gateway_that_asks_to_wait_is_waited_for_a_few_times(int status)
    {
        await using SocketServer server = new();
        using Rig rig = server.Rig();
        server.Answer = new(status, "text/html", Page) { Headers = "Retry-After: 20\r\n" };
        Check(server.Answer, await rig.ReadOneAsync() is MethodsReading.Failed failed ? failed.Error : null);
        Assert.That(server.TakeRequests(), Is.EqualTo(rig.Options.Tries));
        Assert.That(((TestTime)rig.Time).Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(60)));
        if (status == 429) Assert.That(rig.Pacer.Snapshot().Reads.ThrottledCalls, Is.EqualTo(rig.Options.Tries), "the gate knows");
    }

    [Test]
    public async Task A_401_of_something_else_is_sent_once_more_for_a_read_and_never_for_a_write()
    {
        await using SocketServer server = new();
        using Rig rig = server.Rig();
        server.Answer = new(401, "text/html", Page);
        Check(server.Answer, await rig.ReadOneAsync() is MethodsReading.Failed failed ? failed.Error : null);
        Assert.That(server.TakeRequests(), Is.EqualTo(2));
        await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default);
        Assert.That(server.TakeRequests(), Is.EqualTo(1));
    }

    private static void Check(OtherAnswer answer, ServiceError? error)
    {
        Assert.That(error, Is.Not.Null, $"{answer}");
        CheckDoubt(answer, error);
    }

    /// <summary>The kind, and that status, type and title are reported; a link to elsewhere is reported as such.</summary>
    private static void CheckDoubt(OtherAnswer answer, ServiceError? error)
    {
        if (error?.Kind == ErrorKind.ForeignLink && answer.Headers.Contains("https://", StringComparison.Ordinal)) return;
        Assert.That((error?.Kind, error?.Code, error?.Status), Is.EqualTo((ErrorKind.UnreadableAnswer, "PP108", answer.Status)), $"{answer}");
        Assert.That(error?.Message, Does.Contain($"HTTP {answer.Status}").And.Contain(answer.ContentType?.Split(';')[0] ?? "no Content-Type"), $"{answer}");
        Assert.That(error?.Message, answer.Body.Contains("<title>", StringComparison.Ordinal)
            ? Does.Contain("404 Web Site not found") : Does.Not.Contain("title"), $"{answer}");
        Assert.That(error?.Advice, Does.Not.Contain("permission").And.Not.Contain("Credential").And.Contain("Endpoint"), $"{answer}");
    }

    private static async Task<ServiceError?> ThrownAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (TenantException e)
        {
            return e.Error;
        }
    }

    private static Operation.RemoveMethod Remove(MethodKind kind) => new(new AuthenticationMethod(kind, "an-id"), Some.Reason);
}
