using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>Phones, e-mail, other methods and switches of one user.</summary>
public sealed class PhoneTests
{
    [Test]
    public async Task A_number_is_added_changed_and_deleted_and_every_repeat_changes_nothing()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        int[] statuses =
        [
            (await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"+1 (206) 555-0100"}""")).Status,
            (await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"+12065550100"}""")).Status,
            (await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"206 555 0101","country":"US"}""")).Status,
            (await stage.PutAsync("ada@contoso.com/phones/alternateMobile", """{"number":"+1 2065550102"}""")).Status,
            (await stage.DeleteAsync("ada@contoso.com/phones/alternateMobile")).Status,
            (await stage.DeleteAsync("ada@contoso.com/phones/alternateMobile")).Status,
        ];

        Assert.That(statuses, Is.EqualTo(new[] { 201, 200, 200, 201, 204, 204 }));
        Assert.That(stage.Applied, Is.EqualTo(new[] { "phone.create", "phone.update", "phone.create", "phone.delete" }));
        Assert.That(stage.Sandbox.Tenant.User("ada@contoso.com").Mobile, Is.EqualTo("+1 2065550101"));
    }

    [Test]
    public async Task A_list_reports_the_occupied_slots_and_one_that_is_empty_is_not_found()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Answer list = await stage.GetAsync("cleo@contoso.com/phones");
        Answer one = await stage.GetAsync("cleo@contoso.com/phones/office");

        Assert.That(list.Json().GetProperty("value").EnumerateArray().Select(p => p.GetProperty("slot").GetString()),
            Is.EqualTo(new[] { "mobile", "alternateMobile", "office" }));
        Assert.That(one.Text("number"), Is.EqualTo("+1 2065550123x103"));
        Assert.That((await stage.GetAsync("ben@contoso.com/phones/office")).Problem(), Is.EqualTo((404, "phoneNotFound")));
        Assert.That((await stage.GetAsync("ben@contoso.com/phones/fax")).Problem(), Is.EqualTo((404, "noSuchSlot")));
    }

    [Test]
    public async Task A_mobile_under_an_alternateMobile_is_replaced_by_the_alternates_number()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Answer gone = await stage.DeleteAsync("cleo@contoso.com/phones/mobile");

        SandboxUser cleo = stage.Sandbox.Tenant.User("cleo@contoso.com");
        Assert.That(gone.Status, Is.EqualTo(204));
        Assert.That((cleo.Mobile, cleo.AlternateMobile), Is.EqualTo(("+1 2065550113", (string?)null)));
        Assert.That(stage.Applied, Is.EqualTo(new[] { "phone.update", "phone.delete" }));
    }

    [Test]
    public async Task A_lone_alternateMobile_that_policy_promotes_is_reported_as_the_mobile()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(tenant: """ "Policy": { "AlternateOnly": "Promote" } """);

        Answer put = await stage.PutAsync("ada@contoso.com/phones/alternateMobile", """{"number":"+1 2065550100"}""");

        Assert.That((put.Status, put.Text("slot"), put.Text("number")), Is.EqualTo((201, "mobile", "+1 2065550100")));
    }

    [Test]
    public async Task A_user_is_found_by_every_name_and_a_name_of_two_is_refused()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        string ada = stage.Sandbox.Tenant.User("ada@contoso.com").Id.ToString();

        foreach (string name in new[] { ada, "ada@contoso.com", "ADA%40contoso.com", "employeeId:10%2F01",
            "mail:ada%40fabrikam.com", "dan_x.com%23EXT%23%40contoso.com" })
        {
            Assert.That((await stage.GetAsync($"{name}/phones")).Status, Is.EqualTo(200), name);
        }

        Assert.That((await stage.GetAsync("mail:twin@fabrikam.com/phones")).Problem(), Is.EqualTo((422, "ambiguousUser")));
        Assert.That((await stage.GetAsync("nobody@contoso.com/phones")).Problem(), Is.EqualTo((404, "userNotFound")));
        Assert.That((await stage.GetAsync($"{Guid.Empty}/phones")).Problem(), Is.EqualTo((404, "userNotFound")));
        Assert.That((await stage.GetAsync("mail:/phones")).Problem(), Is.EqualTo((400, "userNeeded")));
    }

    [Test]
    public async Task A_write_happens_only_at_the_revision_that_was_read()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        string read = (await stage.GetAsync("ben@contoso.com/phones")).Headers["ETag"];

        Answer first = await stage.PutAsync("ben@contoso.com/phones/mobile", """{"number":"+1 2065550109"}""", ("If-Match", read));
        Answer second = await stage.PutAsync("ben@contoso.com/phones/mobile", """{"number":"+1 2065550108"}""", ("If-Match", read));
        Answer again = await stage.GetAsync("ben@contoso.com/phones", ("If-None-Match", first.Headers["ETag"]));
        Answer onlyNew = await stage.PutAsync("ben@contoso.com/phones/mobile", """{"number":"+1 2065550107"}""", ("If-None-Match", "*"));

        Assert.That((first.Status, second.Problem(), again.Status, onlyNew.Problem()), Is.EqualTo((200, (412, "revisionMoved"), 304, (412, "alreadyThere"))));
        Assert.That(stage.Applied, Is.EqualTo(new[] { "phone.update" }));
        Assert.That((await stage.DeleteAsync("ben@contoso.com/phones/mobile", ("If-Match", "\"half"))).Problem(), Is.EqualTo((400, "badIfMatch")));
        Assert.That((await stage.GetAsync("ben@contoso.com/methods?include=hardwareOath")).Headers["ETag"],
            Is.EqualTo(first.Headers["ETag"]), "one revision, whatever was read");
    }

    [TestCase("PUT", "ada@contoso.com/phones/mobile?dryrun=true", """{"number":"+1 2065550100"}""", "unknownQuery")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile?dryRun=yes", """{"number":"+1 2065550100"}""", "badQuery")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile?dryRun=true&dryRun=true", """{"number":"+1 2065550100"}""", "queryTwice")]
    [TestCase("DELETE", "ben@contoso.com/phones/mobile?_dryRun=true", null, "unknownQuery")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile", """{"nummer":"+1 2065550100"}""", "unknownProperty")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile", """{"number":12065550100}""", "propertyKind")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile", """{"number":"+1 2065550100","number":"+1 2065550101"}""", "badJson")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile", """["+1 2065550100"]""", "bodyNotObject")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile", "", "bodyMissing")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile", """{"number":"none"}""", "phoneMalformed")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile", """{"number":"+1 ••••••0100"}""", "valueMasked")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile", """{"number":"206 555 0100"}""", "phoneCountryMissing")]
    [TestCase("PUT", "ada@contoso.com/phones/mobile", """{"number":"+1 2065550100x7"}""", "extensionNotOnOffice")]
    [TestCase("PUT", "ada@contoso.com/email", """{"address":"none"}""", "emailMalformed")]
    [TestCase("PUT", "ada@contoso.com/email", """{"address":"ada"}""", null)]
    [TestCase("PUT", "ada@contoso.com/sms-sign-in", """{"enabled":"on"}""", "propertyKind")]
    [TestCase("PUT", "ada@contoso.com/preferred-method", """{"method":"pigeon"}""", "noSuchMethod")]
    [TestCase("POST", "ada@contoso.com/temporary-access-pass", """{"lifetimeInMinutes":5}""", "propertyRange")]
    [TestCase("POST", "ada@contoso.com/offboard", """{"all":true}""", "unknownProperty")]
    [TestCase("POST", "ada@contoso.com/plan", """{"mobil":"+1 2065550100"}""", null)]
    [TestCase("POST", "ada@contoso.com/plan", """{"user":"ben@contoso.com","mobile":"none"}""", "otherUser")]
    public async Task What_is_not_understood_is_refused_and_nothing_is_written(string method, string path, string? body, string? code)
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        (int status, string? reported) = (await stage.SendAsync(method, path, body)).Problem();

        Assert.That(status, Is.EqualTo(400));
        if (code is not null) Assert.That(reported, Is.EqualTo(code));
        Assert.That(stage.Applied, Is.Empty);
    }

    [Test]
    public async Task Numbers_and_names_are_masked_for_a_key_that_may_only_read()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        KeyText narrow = await stage.Rig.KeyAsync("narrow", rights: [Right.Read, Right.Phones, Right.Plan]);

        string[] seen =
        [
            (await stage.SendAsync(narrow, "GET", "cleo@contoso.com/phones")).Body,
            (await stage.SendAsync(narrow, "GET", "cleo@contoso.com/methods")).Body,
            (await stage.SendAsync(narrow, "GET", "cleo@contoso.com/email")).Body,
            (await stage.SendAsync(narrow, "DELETE", "cleo@contoso.com/phones/mobile?dryRun=true")).Body,
            (await stage.SendAsync(narrow, "POST", "cleo@contoso.com/plan", """{"phones":[]}""")).Body,
        ];
        Answer written = await stage.SendAsync(narrow, "PUT", "cleo@contoso.com/phones/office", """{"number":"+1 2065550199"}""");

        Assert.That(seen, Has.All.Not.Contain("55501").And.Not.Contain("cleo@example.org").And.Not.Contain("Blue key").And.Contain("•"));
        Assert.That(written.Text("number"), Is.EqualTo("+1 2065550199"), "who writes a number knows it");
        Assert.That(stage.Rig.Log, Does.Not.Contain("55501"));
    }

    [Test]
    public async Task The_email_method_is_set_and_deleted()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        int[] statuses =
        [
            (await stage.GetAsync("ada@contoso.com/email")).Status,
            (await stage.PutAsync("ada@contoso.com/email", """{"address":"ada@example.org"}""")).Status,
            (await stage.PutAsync("ada@contoso.com/email", """{"address":"Ada@example.org"}""")).Status,
            (await stage.DeleteAsync("ada@contoso.com/email")).Status,
            (await stage.DeleteAsync("ada@contoso.com/email")).Status,
        ];

        Assert.That(statuses, Is.EqualTo(new[] { 404, 201, 200, 204, 204 }));
        Assert.That(stage.Applied, Is.EqualTo(new[] { "email.create", "email.delete" }));
    }

    [Test]
    public async Task A_method_is_deleted_by_kind_and_id()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        Answer list = await stage.GetAsync("cleo@contoso.com/methods");
        string? id = list.Json().GetProperty("value").EnumerateArray().Single(m => m.GetProperty("kind").GetString() == "fido2").GetProperty("id").GetString();

        Answer absent = await stage.DeleteAsync($"cleo@contoso.com/methods/fido2/{Guid.NewGuid()}");
        Assert.That((absent.Status, absent.Headers["X-Diagnostics"]), Is.EqualTo((204, "methodNotThere")));
        Assert.That(stage.Applied, Is.Empty);
        Assert.That((await stage.DeleteAsync($"cleo@contoso.com/methods/fido2/{id}")).Status, Is.EqualTo(204));
        Assert.That(stage.Applied, Is.EqualTo(new[] { "fido2.delete" }));
        Assert.That((await stage.DeleteAsync("cleo@contoso.com/methods/phone/mobile")).Problem(), Is.EqualTo((404, "noSuchKind")));
        Assert.That(list.Json().GetProperty("usable").GetInt32(), Is.EqualTo(5));
    }

    [Test]
    public async Task Switches_report_the_state_before_and_after()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(
            """{ "userPrincipalName": "ben@contoso.com", "phones": { "mobile": "+1 2065550102" }, "smsSignInScope": true, "default": "sms" }""");

        Answer first = await stage.PutAsync("ben@contoso.com/sms-sign-in", """{"enabled":false}""");
        Answer on = await stage.PutAsync("ben@contoso.com/sms-sign-in", """{"enabled":true}""");
        Answer off = await stage.PutAsync("ben@contoso.com/sms-sign-in", """{"enabled":false}""");
        Answer prefer = await stage.PutAsync("ben@contoso.com/preferred-method", """{"method":"voiceMobile"}""");

        Assert.That((first.Status, on.Status, off.Status), Is.EqualTo((200, 200, 200)), on.Body);
        Assert.That((on.Text("state"), off.Text("before"), off.Text("state")), Is.EqualTo(("ready", "ready", "notEnabled")));
        Assert.That((prefer.Status, prefer.Text("before"), prefer.Text("method")), Is.EqualTo((200, "sms", "voiceMobile")));
    }
}
