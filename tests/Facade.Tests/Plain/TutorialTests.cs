using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>Microsoft's tutorial on authentication methods, step by step, by requests alone.</summary>
public sealed class TutorialTests
{
    [Test]
    public async Task The_tutorials_six_steps_are_done_by_requests()
    {
        await using PlainStage stage = await PlainStage.OpenAsync("""{ "userPrincipalName": "avery@contoso.com", "displayName": "Avery" }""", delegated: true);
        SandboxUser avery = stage.Sandbox.Tenant.User("avery@contoso.com");

        // 1 and 2: a user with a password only gets a mobile and an office phone.
        Answer first = await stage.GetAsync("avery@contoso.com/methods");
        Answer mobile = await stage.PutAsync("avery@contoso.com/phones/mobile", """{"number":"+1 2065555555"}""");
        Answer office = await stage.PutAsync("avery@contoso.com/phones/office", """{"number":"+1 4255550199"}""");
        Assert.That((first.Json().GetProperty("usable").GetInt32(), mobile.Status, office.Status), Is.EqualTo((0, 201, 201)));

        // 3: they are there.
        Answer list = await stage.GetAsync("avery@contoso.com/phones");
        Assert.That(list.Json().GetProperty("value").EnumerateArray().Select(p => p.GetProperty("number").GetString()),
            Is.EqualTo(new[] { "+1 2065555555", "+1 4255550199" }));

        // 4: the office phone goes.
        Assert.That((await stage.DeleteAsync("avery@contoso.com/phones/office")).Status, Is.EqualTo(204));
        Assert.That((avery.Mobile, avery.Office), Is.EqualTo(("+1 2065555555", (string?)null)));

        // 5 and 6: the password is reset, and the operation followed to its end.
        Answer reset = await stage.PostAsync("avery@contoso.com/password:reset");
        Assert.That((reset.Status, reset.Text("outcome"), reset.Headers["Cache-Control"]), Is.EqualTo((200, "done", "no-store")), reset.Body);
        Assert.That((stage.Sandbox.Journal.Counts["operation.read"], avery.PasswordChanges), Is.EqualTo((2, 1)));
    }

    [TestCase("Deletes", 201)]
    [TestCase("Always", 403)]
    public async Task What_a_second_person_would_have_to_approve_is_refused(string rule, int added)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(tenant: $""" "RequireApproval": "{rule}" """);

        Answer plan = await stage.DeleteAsync("cleo@contoso.com/email?dryRun=true");
        Answer deleted = await stage.DeleteAsync("cleo@contoso.com/email");
        Answer put = await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"+1 2065550100"}""");
        Answer same = await stage.PutAsync("ben@contoso.com/phones/mobile", """{"number":"+1 2065550102"}""");

        Assert.That(deleted.Problem(), Is.EqualTo((403, "approvalMissing")));
        Assert.That((plan.Status, put.Status, same.Status), Is.EqualTo((200, added, 200)));
        Assert.That(stage.Applied, Is.EqualTo(added == 201 ? new[] { "phone.create" } : []));
    }
}
