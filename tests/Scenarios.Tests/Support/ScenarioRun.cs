using System.Text.Json;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Fixtures;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>Plays a scenario: plan, apply, plan again; and checks what is true of every one, asked or not.</summary>
internal sealed class ScenarioRun(Scenario scenario, Stage stage)
{
    private readonly ScenarioFile _expected = scenario.File;
    private readonly Secrets _secrets = new Secrets().Learn(scenario.SeedText)
        .Learn(Path.GetExtension(scenario.Source) == ".xlsx" ? string.Empty : File.ReadAllText(scenario.Source));

    public async Task PlayAsync()
    {
        if (scenario.Faults is { } early && _expected.FaultsFromTheStart) stage.Sandbox.Faults = early;
        await PlanAsync();
        if (scenario.Faults is { } faults && !_expected.FaultsFromTheStart) stage.Sandbox.Faults = faults;
        await ApplyAsync();
        stage.Sandbox.Faults = FaultPlan.None;
        foreach ((string user, string expected) in _expected.Afterwards)
        {
            Assert.That(Lines.Format(stage.Sandbox.Tenant.User(user), withDefault: expected.Contains("default", StringComparison.Ordinal)),
                Is.EqualTo(expected), user);
        }

        await PlanAgainAsync();
    }

    private async Task PlanAsync()
    {
        Answer plan = await stage.RunAsync(["plan", scenario.Source, "--format", "json", "--reveal", .. _expected.Options]);
        Assert.That(plan.Exit, Is.EqualTo(_expected.PlanExit), $"{plan}");
        JsonElement document = plan.Document;
        AreAsExpected(document);
        await ScenarioDocuments.CompareAsync(scenario, "plan", document);
        Assert.That(Failing(document), Is.EquivalentTo(_expected.Guardrails), "guardrails");

        Answer masked = await stage.RunAsync(["plan", scenario.Source, "--verbose", "--report",
            "@report-plan.html", "--report", "@report-plan.md", .. _expected.Options]);
        Assert.That(masked.Exit, Is.EqualTo(plan.Exit), $"{masked}");
        _secrets.AreNotIn("plan", masked.All);
        AreMasked();
        Assert.That(stage.NotReads(), Is.Empty, "plan wrote");
    }

    private async Task ApplyAsync()
    {
        stage.Sandbox.Journal.Clear();
        Answer apply = await stage.RunAsync(["apply", scenario.Source, "--yes", "--format", "json",
            "--verbose", "--report", "@report-run.txt", "--report", "@report-run.html", "--report",
            "@report-run.md", "--report", "@report-run.json", .. _expected.Options]);
        string[] sent = [.. stage.Sandbox.Journal.AppliedWrites.Select(Lines.Applied)];
        Assert.That(apply.Exit, Is.EqualTo(_expected.Exit), $"{apply}");
        _secrets.AreNotIn("apply", apply.All);
        AreMasked();
        JsonElement masked = apply.Document;
        Assert.That(masked.GetProperty("kind").GetString(), Is.EqualTo("run"));
        AddsUp(masked.GetProperty("summary"));
        await ScenarioDocuments.CompareAsync(scenario, "masked-run", masked);

        Answer show = await stage.RunAsync("show", masked.GetProperty("runId").GetString() ?? "", "--format", "json", "--reveal");
        JsonElement run = show.Document;
        Assert.That(Outcomes(run), Is.EquivalentTo(ExpectedOutcomes()), $"{apply}");
        foreach ((string user, string[] codes) in _expected.Errors) Assert.That(Errors(run, user), Is.EquivalentTo(codes), user);
        WritesAreTheOperations(run, sent);
        await ScenarioDocuments.CompareAsync(scenario, "run", run);
    }

    private async Task PlanAgainAsync()
    {
        Answer again = await stage.RunAsync(["plan", scenario.Source, "--format", "json", "--reveal", .. _expected.Options]);
        long left = again.Document.GetProperty("summary").GetProperty("operations").EnumerateObject().Sum(o => o.Value.GetInt64());
        if (!_expected.LeavesWork) Assert.That(left, Is.Zero, $"the second plan is not empty: {again}");
    }

    private void AreAsExpected(JsonElement document)
    {
        Dictionary<string, string[]> operations = [], held = [];
        Dictionary<string, string> situations = [];
        foreach (JsonElement user in document.GetProperty("users").EnumerateArray())
        {
            string name = $"{Lines.Text(user, "user")}{(situations.ContainsKey(Lines.Text(user, "user") ?? "") ? "'" : "")}";
            string situation = Lines.Text(user, "situation") ?? "?";
            if (situation is not ("changed" or "held")) situations[name] = situation;
            if (user.GetProperty("operations").GetArrayLength() > 0) operations[name] =
                [.. user.GetProperty("operations").EnumerateArray().Select(Lines.Format)];
            if (user.GetProperty("held")
                .GetArrayLength() > 0) held[name] = [.. user.GetProperty("held").EnumerateArray()
                .Select(h => $"{Lines.Text(h, "part")} {Lines.Text(h, "code")}")];
            if (_expected.Codes.TryGetValue(name, out string[]? codes)) Assert.That(codes,
                Is.SubsetOf(user.GetProperty("diagnostics").EnumerateArray().Select(d => Lines.Text(d, "code"))), $"diagnostics of {name}: {user}");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Flat(operations), Is.EqualTo(Flat(_expected.Operations)), "operations");
            Assert.That(Flat(held), Is.EqualTo(Flat(_expected.Held)), "held");
            Assert.That(situations, Is.EquivalentTo(_expected.Situations), "situations");
        }
    }

    private void AreMasked()
    {
        foreach ((string name, string content) in stage.Shell.Reports()) _secrets.AreNotIn(name, content);
    }

    /// <summary>Preview equals reality (docs/safety.md#proofs): without faults the same multiset; with faults nothing else, and nothing twice.</summary>
    private void WritesAreTheOperations(JsonElement run, string[] sent)
    {
        List<string> planned = [], applied = [];
        foreach (JsonElement user in run.GetProperty("users").EnumerateArray())
        {
            foreach (JsonElement operation in user.GetProperty("operations").EnumerateArray())
            {
                string line = Lines.Sent(Lines.Text(user, "uid") ?? "", operation);
                planned.Add(line);
                if (Lines.Text(operation, "outcome") is { } outcome && outcome == "done") applied.Add(line);
            }
        }

        Assert.That(sent, Is.SubsetOf(planned), "a write that was not planned");
        Assert.That(sent, Is.Unique, "a write applied twice");
        if (scenario.Faults is null) Assert.That(sent, Is.EquivalentTo(applied), "writes and operations done");
    }

    private static void AddsUp(JsonElement summary)
    {
        long Sum(params string[] names) => names.Sum(n => summary.GetProperty(n).GetInt64());
        Assert.That(Sum("equal", "changed", "held", "invalid", "notFound", "notRead"), Is.EqualTo(Sum("users")), "users");
        Assert.That(Sum("done", "failed", "unknown", "stale", "skipped"), Is.EqualTo(Sum("changed")), "outcomes");
    }

    private Dictionary<string, string> ExpectedOutcomes() =>
        _expected.Operations.Keys.ToDictionary(u => u, u => _expected.Outcomes.GetValueOrDefault(u, "done"));

    private static Dictionary<string, string?> Outcomes(JsonElement run) => run.GetProperty("users").EnumerateArray()
        .Where(u => u.GetProperty("operations").GetArrayLength() > 0).ToDictionary(u => Lines.Text(u, "user") ?? "", u => Lines.Text(u, "outcome"));

    private static string[] Errors(JsonElement run, string user) => [.. run.GetProperty("users").EnumerateArray().Where(u => Lines.Text(u, "user") == user)
        .SelectMany(u => u.GetProperty("operations").EnumerateArray()).Where(o => o.GetProperty("error").ValueKind == JsonValueKind.Object)
        .Select(o => Lines.Text(o.GetProperty("error"), "code") ?? "")];

    private static Dictionary<string, string> Failing(JsonElement document) => document.GetProperty("guardrails").EnumerateArray()
        .Where(g => Lines.Text(g, "verdict") != "pass").ToDictionary(g => Lines.Text(g, "name") ?? "", g => Lines.Text(g, "verdict") ?? "");

    private static string[] Flat(Dictionary<string, string[]> lines) =>
        [.. lines.Select(l => $"{l.Key}: {string.Join(" | ", l.Value)}").Order(StringComparer.Ordinal)];
}
