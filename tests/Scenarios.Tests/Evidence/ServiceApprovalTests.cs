using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Evidence;

/// <summary>Approvals of saved plans through the service, by persons who cannot open its store (docs/safety.md#approvals).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ServiceApprovalTests
{
    private const string Approve = "/openidm/system/contoso?_action=approve";

    [Test]
    public async Task A_person_with_a_key_approves_over_HTTP_and_the_planner_applies()
    {
        await using Served served = await PlannedAsync();
        string plan = File.ReadAllText(served.Shell.At("plan.json"));
        string bob = await KeyAsync(served, "bob", "approve");

        Answer before = await ApplyAsync(served);
        (HttpStatusCode status, JsonElement approval) = await SendAsync(served, bob, $"{Approve}&reason=looked%20at%20all%20of%20it", plan);
        Answer apply = await ApplyAsync(served);

        Assert.That((before.Exit, before.Codes("diagnostics")), Is.EqualTo((3, new[] { "approvalMissing" })), $"{before}");
        Assert.That((status, approval.GetProperty("kind").GetString()), Is.EqualTo((HttpStatusCode.OK, "approval")), $"{approval}");
        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(apply.Document.GetProperty("approval").GetProperty("approver").GetString(), Does.StartWith("key:bob ("));
        Assert.That(served.Phones, Is.EqualTo(("+1 2065550100", "+1 2065550101", (string?)null)));
    }

    [TestCase("&reason=fine", "bob", "plan", HttpStatusCode.Forbidden, null, TestName = "without_the_right")]
    [TestCase("&reason=fine", "eve", "approve", HttpStatusCode.Forbidden, "notApprover", TestName = "by_someone_else")]
    [TestCase("", "bob", "approve", HttpStatusCode.BadRequest, "reasonNeeded", TestName = "without_a_reason")]
    [TestCase("&reason=fine&allow=deletes=3", "bob", "approve", HttpStatusCode.BadRequest, "nothingToAllow", TestName = "with_a_needless_allowance")]
    [TestCase("&reason=fine&for=1h", "bob", "approve", HttpStatusCode.BadRequest, "usage", TestName = "for_no_time")]
    [TestCase("&reason=fine&_dryRun=true", "bob", "approve", HttpStatusCode.BadRequest, null, TestName = "as_a_dry_run")]
    public async Task It_is_refused(string parameters, string name, string right, HttpStatusCode status, string? code)
    {
        await using Served served = await PlannedAsync();

        (HttpStatusCode actual, JsonElement error) = await SendAsync(served, await KeyAsync(served, name, right), Approve + parameters,
            File.ReadAllText(served.Shell.At("plan.json")));

        Assert.That((actual, Code(error)), Is.EqualTo((status, code)), $"{error}");
        Assert.That((await ApplyAsync(served)).Exit, Is.EqualTo(3));
    }

    [Test]
    public async Task An_edited_or_masked_plan_is_not_approved_and_another_one_not_applied()
    {
        await using Served served = await PlannedAsync();
        string plan = File.ReadAllText(served.Shell.At("plan.json"));
        string bob = await KeyAsync(served, "bob", "approve");

        foreach ((string body, string expected) in ((string, string)[])[
            (plan.Replace("list.csv", "lisT.csv", StringComparison.Ordinal), "planSealBroken"),
            ("""{"kind":"run","formatVersion":"1.0"}""", "notAPlan"), ("""{"kind":"plan"}""", "planVersion")])
        {
            (HttpStatusCode status, JsonElement error) = await SendAsync(served, bob, $"{Approve}&reason=fine", body);
            Assert.That((status, Code(error)), Is.EqualTo((HttpStatusCode.BadRequest, expected)), $"{error}");
        }

        await SendAsync(served, bob, $"{Approve}&reason=fine", plan);
        await ProvisionProcess.RunAsync(served.Shell.Folder, "plan", "list.csv", "--out", "plan.json", "--config", "settings.json");
        Assert.That((await ApplyAsync(served)).Exit, Is.EqualTo(3), "the approval is of the plan that was sent");
    }

    private static async Task<Served> PlannedAsync()
    {
        Served served = await Served.StartAsync(0, tenant: new JsonObject { ["RequireApproval"] = "Always" },
            settings: new JsonObject { ["Approvers"] = new JsonObject { ["bob"] = new JsonObject { ["Actors"] = new JsonArray("key:bob") } } });
        served.Shell.Write("list.csv", $"user,office\n{Served.User},none\n");
        Answer plan = await ProvisionProcess.RunAsync(
            served.Shell.Folder, "plan", "list.csv", "--out", "plan.json", "--config", "settings.json", "--format", "json");
        Assert.That(plan.Exit, Is.AnyOf(0, 3), $"{plan}");
        return served;
    }

    private static async Task<string> KeyAsync(Served served, string name, string right)
    {
        Answer key = await ProvisionProcess.RunAsync(served.Shell.Folder, "keys", "new", "--name", name, "--tenant", "contoso", "--rights", right,
            "--config", "settings.json", "--format", "json");
        return key.Text("key") ?? throw new AssertionException($"{key}");
    }

    private static Task<Answer> ApplyAsync(Served served) => ProvisionProcess.RunAsync(
        served.Shell.Folder, "apply", "plan.json", "--yes", "--new-store", "--format", "json", "--config", "settings.json");

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(Served served, string key, string path, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", key);
        using HttpResponseMessage response = await served.Client.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private static string? Code(JsonElement error) =>
        error.TryGetProperty("detail", out JsonElement detail) && detail.TryGetProperty("code", out JsonElement code) ? code.GetString() : null;
}
