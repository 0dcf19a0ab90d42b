using System.Text.Json;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Json;

public sealed class PlanJsonTests
{
    [Test]
    public async Task A_full_plan_reads_as_stored() =>
        Golden.Check("plan-full.json", await Write.Json(Sample.Report(Sample.Head(), People.All)));

    [Test]
    public async Task A_masked_plan_reads_as_stored() =>
        Golden.Check("plan-masked.json", await Write.Json(Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests)));

    [Test]
    public async Task A_plan_has_the_published_properties_and_users_last()
    {
        using JsonDocument plan = JsonDocument.Parse(await Write.Json(Sample.Report(Sample.Head(), People.All)));
        string[] names = [.. plan.RootElement.EnumerateObject().Select(p => p.Name)];
        Assert.That(names, Is.SupersetOf(new[]
        {
            "kind", "formatVersion", "planId", "createdAt", "toolVersion", "actor", "tenant", "source", "policy", "limits", "masked", "seal",
            "complete", "applyable", "errored", "summary", "guardrails", "diagnostics", "users",
        }));
        Assert.That(names[0], Is.EqualTo("kind"));
        Assert.That(names[^1], Is.EqualTo("users"));
        Assert.That(plan.RootElement.GetProperty("summary").EnumerateObject().Select(p => p.Name), Is.SupersetOf(new[]
        {
            "users", "equal", "changed", "held", "invalid", "notFound", "notRead", "operations", "forecast",
        }));
        Assert.That(plan.RootElement.GetProperty("summary").GetProperty("operations").EnumerateObject().Select(p => p.Name), Is.EqualTo(new[]
        {
            "add", "update", "delete", "enable", "disable", "prefer", "reset",
        }));
        Assert.That(plan.RootElement.GetProperty("limits").GetProperty("maxDeletes").GetString(), Is.EqualTo("500|2%"));
        Assert.That(plan.RootElement.GetProperty("policy").GetProperty("overwrite").GetString(), Is.EqualTo("Always"));
    }

    [Test]
    public async Task Names_in_documents_are_the_engine_s_names()
    {
        using JsonDocument plan = JsonDocument.Parse(await Write.Json(Sample.Report(Sample.Head(), People.All)));
        JsonElement[] users = [.. plan.RootElement.GetProperty("users").EnumerateArray()];
        Assert.That(users.Select(u => u.GetProperty("situation").GetString()).Distinct(), Is.EquivalentTo(
            Enum.GetValues<Situation>().Where(s => s != Situation.Equal).Select(Situations.Name)));
        Assert.That(users.SelectMany(u => u.GetProperty("operations").EnumerateArray()).Select(o => o.GetProperty("action").GetString()).Distinct(),
            Is.SubsetOf(Enum.GetValues<OperationAction>().Select(OperationActions.Name)));
    }

    [Test]
    public async Task A_plan_says_nothing_of_outcomes()
    {
        string json = await Write.Json(Sample.Report(Sample.Head(), People.All));
        Assert.That(json, Does.Not.Contain("\"outcome\"").And.Not.Contain("\"verified\"").And.Not.Contain("\"sentAt\"").And.Not.Contain("\"done\""));
    }
}
