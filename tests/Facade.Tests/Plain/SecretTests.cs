using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>Passwords and passes are shown once and kept nowhere; named requests are done once.</summary>
public sealed class SecretTests
{
    private const string Body = """{"number":"+1 2065550100"}""";

    [TestCase(false, "passwordProfile")]
    [TestCase(true, "resetPassword")]
    public async Task A_password_that_is_made_is_reported_in_this_one_answer(bool delegated, string route)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(delegated: delegated);

        Answer reset = await stage.PostAsync("ada@contoso.com/password:reset", "{}", ("Idempotency-Key", "one"));
        Answer again = await stage.PostAsync("ada@contoso.com/password:reset", "{}", ("Idempotency-Key", "one"));

        string password = reset.Text("password") ?? "";
        Assert.That((reset.Status, password.Length >= 8, reset.Headers["Cache-Control"]), Is.EqualTo((200, true, "no-store")), reset.Body);
        Assert.That(reset.Json().GetProperty("operations")[0].GetProperty("after").GetString(), Is.EqualTo(route));
        Assert.That(again.Problem(), Is.EqualTo((409, "secretShownOnce")));
        Assert.That(stage.Rig.Log + await stage.Rig.DiskAsync() + again.Body, Does.Not.Contain(password));
        Assert.That(stage.Applied, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_password_that_was_chosen_is_not_shown_again()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Answer reset = await stage.PostAsync("ada@contoso.com/password:reset", """{"password":"Marker-9182-xyz"}""", ("Idempotency-Key", "one"));

        Assert.That(reset.Status, Is.EqualTo(200), reset.Body);
        Assert.That(reset.Body + stage.Rig.Log + await stage.Rig.DiskAsync(), Does.Not.Contain("Marker-9182"));
    }

    [Test]
    public async Task A_pass_is_issued_and_the_next_one_replaces_it()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Answer first = await stage.PostAsync("ada@contoso.com/temporary-access-pass");
        Answer second = await stage.PostAsync("ada@contoso.com/temporary-access-pass", """{"lifetimeInMinutes":60,"usableOnce":true}""");

        Assert.That((first.Status, second.Status), Is.EqualTo((200, 200)), first.Body + second.Body);
        Assert.That(first.Text("temporaryAccessPass"), Is.Not.EqualTo(second.Text("temporaryAccessPass")));
        Assert.That(stage.Rig.Log + await stage.Rig.DiskAsync(),
            Does.Not.Contain(first.Text("temporaryAccessPass")!).And.Not.Contain(second.Text("temporaryAccessPass")!));
    }

    [Test]
    public async Task A_user_registers_anew_with_a_pass_only_by_a_key_that_may_issue_one()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        KeyText narrow = await stage.Rig.KeyAsync("narrow", rights: [Right.Remove]);

        Answer barred = await stage.SendAsync(narrow, "POST", "cleo@contoso.com/require-reregister", """{"issueTemporaryAccessPass":true}""");
        Answer done = await stage.PostAsync("cleo@contoso.com/require-reregister", """{"issueTemporaryAccessPass":true}""");
        Answer offboarded = await stage.SendAsync(narrow, "POST", "cleo@contoso.com/offboard");

        Assert.That((barred.Problem(), done.Status, offboarded.Status), Is.EqualTo(((403, "forbidden"), 200, 200)), done.Body + offboarded.Body);
        Assert.That(done.Text("temporaryAccessPass"), Is.Not.Empty);
        Assert.That((await stage.GetAsync("cleo@contoso.com/methods")).Json().GetProperty("usable").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task A_secret_that_came_too_late_is_shown_to_the_repeat()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(
            facade: """ "ReplyWithin": "00:00:00.300" """,
            faults: """{ "rules": [ { "match": { "kind": "temporaryAccessPass.create" }, "then": { "delayBefore": 1000 } } ] }""");
        await stage.GetAsync("ada@contoso.com/phones");

        Answer answer = await stage.PostAsync("ada@contoso.com/temporary-access-pass", "{}", ("Idempotency-Key", "one"));
        Assert.That(answer.Status, Is.EqualTo(503));
        while (answer.Status == 503) answer = await stage.PostAsync("ada@contoso.com/temporary-access-pass", "{}", ("Idempotency-Key", "one"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Text("temporaryAccessPass"), Is.Not.Empty);
        Assert.That((await stage.PostAsync("ada@contoso.com/temporary-access-pass", "{}", ("Idempotency-Key", "one"))).Problem(),
            Is.EqualTo((409, "secretShownOnce")));
        Assert.That(stage.Applied, Is.EqualTo(new[] { "temporaryAccessPass.create" }));
    }

    [Test]
    public async Task A_named_request_is_done_once_and_answered_alike()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        (string, string) name = ("Idempotency-Key", "7d9e0b0c-71a1-4a5c-9f0d-1f1f1f1f1f1f");

        Answer[] first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => stage.PutAsync("cleo@contoso.com/phones/office", Body, name)));
        Answer gone = await stage.DeleteAsync("cleo@contoso.com/phones/office", ("Idempotency-Key", "other"));
        Answer later = await stage.PutAsync("cleo@contoso.com/phones/office", Body, name);
        Answer otherBody = await stage.PutAsync("cleo@contoso.com/phones/office", """{"number":"+1 2065550199"}""", name);
        Assert.That((gone.Status, stage.Sandbox.Tenant.User("cleo@contoso.com").Office), Is.EqualTo((204, (string?)null)), "a repeat is answered, not done");
        Answer otherCaller = await stage.SendAsync(await stage.Rig.KeyAsync("second", rights: [.. Rights.All]),
            "PUT", "cleo@contoso.com/phones/office", """{"number":"+1 2065550198"}""", name);

        Assert.That(first.Append(later).Select(a => (a.Status, a.Body, a.Headers["ETag"])).Distinct().Count(), Is.EqualTo(1));
        Assert.That(otherBody.Problem(), Is.EqualTo((422, "idempotencyKeyReused")));
        Assert.That(otherCaller.Status, Is.EqualTo(201), otherCaller.Body);
        Assert.That((await stage.PutAsync("ada@contoso.com/phones/mobile", Body, ("Idempotency-Key", "a b"))).Problem(),
            Is.EqualTo((400, "badIdempotencyKey")));
        Assert.That(await stage.Rig.DiskAsync(), Does.Not.Contain("2065550100").And.Not.Contain("7d9e0b0c-71a1"));
    }

    [Test]
    public async Task A_named_request_that_came_to_nothing_is_tried_again()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Answer refused = await stage.PutAsync("ada@contoso.com/phones/alternateMobile", Body, ("Idempotency-Key", "one"));
        await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"+1 2065550101"}""");
        Answer done = await stage.PutAsync("ada@contoso.com/phones/alternateMobile", Body, ("Idempotency-Key", "one"));

        Assert.That((refused.Status, done.Status), Is.EqualTo((422, 201)));
    }
}
