using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Operations;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>What is refused, held, over a limit or slow, as problem details.</summary>
public sealed class ProblemTests
{
    [Test]
    public async Task Every_operation_demands_its_right_and_hides_tenants_of_others()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        foreach (PlainOperation operation in PlainOperations.All)
        {
            string path = operation.Path.Replace("/api/v1/tenants/{tenant}/users/", "", StringComparison.Ordinal)
                .Replace("/api/v1/tenants/{tenant}/", "../", StringComparison.Ordinal).Replace("{user}", "ada@contoso.com", StringComparison.Ordinal)
                .Replace("{slot}", "office", StringComparison.Ordinal).Replace("{kind}", "fido2", StringComparison.Ordinal)
                .Replace("{id}", "x", StringComparison.Ordinal);
            KeyText without = await stage.Rig.KeyAsync(operation.Id, rights: [.. Rights.All.Where(r => r != operation.Right)]);
            KeyText stranger = await stage.Rig.KeyAsync("stranger " + operation.Id, tenant: "two", rights: [.. Rights.All]);

            Assert.That((await stage.SendAsync(without, operation.Method, path, operation.Body?.Example)).Problem(),
                Is.EqualTo((403, "forbidden")), operation.Id);
            Assert.That((await stage.SendAsync(stranger, operation.Method, path, operation.Body?.Example)).Problem(),
                Is.EqualTo((404, "notFound")), operation.Id);
            Assert.That((await stage.Rig.SendAsync(PlainStage.Base + path, operation.Method)).Problem(), Is.EqualTo((401, "accessDenied")), operation.Id);
        }

        Assert.That(stage.Applied, Is.Empty);
    }

    [Test]
    public async Task Every_write_has_a_dry_run_that_writes_nothing_and_reports_the_plan()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        foreach (PlainOperation operation in PlainOperations.All.Where(o => o.Writes))
        {
            string path = operation.Path.Replace("/api/v1/tenants/{tenant}/users/", "", StringComparison.Ordinal)
                .Replace("{user}", "cleo@contoso.com", StringComparison.Ordinal)
                .Replace("{slot}", "mobile", StringComparison.Ordinal).Replace("{kind}", "softwareOath", StringComparison.Ordinal)
                .Replace("{id}", "x", StringComparison.Ordinal);

            Answer answer = await stage.SendAsync(operation.Method, path + "?dryRun=true",
                operation.Id == "SetPreferredMethod" ? """{"method":"sms"}""" : operation.Body?.Example);

            Assert.That((answer.Status, answer.Status == 200 ? answer.Text("kind") : answer.Body), Is.EqualTo((200, "plan")), operation.Id);
        }

        Assert.That(stage.Applied, Is.Empty);
    }

    [TestCase("nobody@contoso.com")]
    [TestCase("employeeId:4711")]
    public async Task While_an_entry_of_Protected_matches_no_user_nothing_is_changed(string entry)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(tenant: $""" "Protected": [ "{entry}" ] """);

        Answer held = await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"+1 2065550100"}""");

        Assert.That(held.Problem(), Is.EqualTo((403, "protectedNobody")), held.Body);
        Assert.That(stage.Applied, Is.Empty);
    }

    [Test]
    public async Task What_a_rule_holds_is_forbidden_with_its_code()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(tenant: """ "Protected": { "ada@contoso.com": "break glass" } """);

        Answer last = await stage.DeleteAsync("ben@contoso.com/phones/mobile");
        Answer glass = await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"+1 2065550100"}""");

        Assert.That(last.Problem(), Is.EqualTo((403, "lastMethod")), last.Body);
        Assert.That(last.Json().GetProperty("held")[0].GetProperty("part").GetString(), Is.EqualTo("phones"));
        Assert.That(glass.Problem(), Is.EqualTo((403, "protected")), glass.Body);
        Assert.That(stage.Applied, Is.Empty);
    }

    [Test]
    public async Task A_limit_over_time_is_forbidden_with_its_guardrail()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(tenant: """ "Guardrails": { "MaxDeletes": "0" } """);

        Answer over = await stage.DeleteAsync("cleo@contoso.com/phones/office");
        Answer dry = await stage.DeleteAsync("cleo@contoso.com/phones/office?dryRun=true");

        Assert.That(over.Problem(), Is.EqualTo((403, "MaxDeletes")), over.Body);
        Assert.That(over.Json().GetProperty("guardrail").GetProperty("limit").GetInt32(), Is.Zero);
        Assert.That(dry.Json().GetProperty("applyable").GetBoolean(), Is.False);
        Assert.That(stage.Applied, Is.Empty);
    }

    [Test]
    public async Task What_the_service_refuses_is_reported_with_its_outcomes()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(
            faults: """{ "rules": [ { "match": { "kind": "phone.create" }, "then": { "answer": { "status": 400, "code": "badRequest","""
                + """ "message": "No." } } } ] }""");

        Answer refused = await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"+1 2065550100"}""");

        Assert.That(refused.Problem().Status, Is.EqualTo(422), refused.Body);
        JsonElement outcome = refused.Json().GetProperty("outcomes")[0];
        Assert.That((outcome.GetProperty("outcome").GetString(), outcome.GetProperty("error").GetProperty("status").GetInt32()), Is.EqualTo(("failed", 400)));
    }

    [Test]
    public async Task An_impossible_request_is_unprocessable()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Assert.That((await stage.PutAsync("ada@contoso.com/phones/alternateMobile", """{"number":"+1 2065550100"}""")).Problem().Status, Is.EqualTo(422));
        Assert.That((await stage.PutAsync("ada@contoso.com/sms-sign-in", """{"enabled":true}""")).Problem().Status, Is.EqualTo(422));
        Assert.That(stage.Applied, Is.Empty);
    }

    [Test]
    public async Task A_slow_service_is_answered_with_a_time_to_ask_again_and_the_work_goes_on()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(
            facade: """ "ReplyWithin": "00:00:00.300" """,
            faults: """{ "rules": [ { "match": { "kind": "phone.create" }, "then": { "delayBefore": 1200 } } ] }""");
        await stage.GetAsync("ada@contoso.com/phones");

        Answer slow = await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"+1 2065550100"}""");
        Assert.That((slow.Problem(), slow.Headers.ContainsKey("Retry-After")), Is.EqualTo(((503, "slow"), true)));
        Answer repeat = slow;
        while (repeat.Status == 503) repeat = await stage.PutAsync("ada@contoso.com/phones/mobile", """{"number":"+1 2065550100"}""");

        Assert.That(repeat.Status, Is.EqualTo(200), "the first request did it");
        Assert.That(stage.Applied, Is.EqualTo(new[] { "phone.create" }));
        while (stage.Rig.Services.Work.Count > 0) await Task.Delay(5);
        Assert.That(stage.Rig.Log, Does.Contain("Work that outlasted its answer is done"));
    }

    [Test]
    public async Task Routings_own_refusals_are_problems_too()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Assert.That((await stage.SendAsync("PATCH", "ada@contoso.com/phones/mobile", "{}")).Problem(), Is.EqualTo((405, "methodNotAllowed")));
        Assert.That((await stage.GetAsync("ada@contoso.com/fax")).Problem(), Is.EqualTo((404, "notFound")));
        Assert.That((await stage.Rig.SendAsync(PlainStage.Base + "ada@contoso.com/phones/mobile",
            "PUT", new StringContent("x"), Rig.Bearer(stage.Key))).Problem(), Is.EqualTo((415, "unsupportedMediaType")));
    }
}
