using System.Text.Json;
using System.Text.RegularExpressions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>Names in JSON are camelCase, whichever verb writes it (docs/documents.md).</summary>
public sealed partial class JsonNamesTests
{
    // Their keys are values: names of limits, users, kinds, settings.
    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal)
    {
        "allowances", "limits", "policy", "countries", "safeguards", "guardrailLimits", "labels", "settings", "perPurpose", "byPurpose", "situations", "bands",
    };

    [Test]
    public async Task Every_verb_names_its_properties_alike()
    {
        await using Stage stage = await Crew.StageAsync(2);
        await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json");
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        string run = apply.Text("runId") ?? throw new AssertionException($"{apply}");
        string user = Crew.Name(0);
        Answer key = await stage.RunAsync("keys", "new", "--name", "idm", "--tenant", "contoso", "--format", "json");
        string[][] commands =
        [
            ["plan", "@people.csv"], ["runs"], ["runs", "--single"], ["show", run], ["show", "@plan.json"], ["history", user], ["methods", user],
            ["explain", user, "--source", "@people.csv"], ["recovery", run], ["undo", run], ["doctor"], ["readiness"], ["version"],
            ["set-phone", user, "+1 2065550111:mobile", "--dry-run"], ["audit", "verify"], ["audit", "compare"], ["audit", "export", "--out", "@trail.ndjson"],
            ["approve", "@plan.json", "--reason", "fine"], ["keys", "list"], ["keys", "revoke", key.Text("id") ?? "", "--yes"],
            ["export", "--out", "@export.json", "--reveal"], ["store", "rekey", "--yes"], ["runs", "prune", "--yes"], ["show", "missing"],
            ["resume", run, "--yes"], ["approve", "--tenant", "contoso", "--allow", "deletes=1", "--for", "01:00:00", "--reason", "fine"],
        ];
        List<string> wrong = [.. Odd("apply", apply.Document), .. Odd("keys new", key.Document)];
        foreach (string[] command in commands)
        {
            Answer answer = await stage.RunAsync([.. command, "--format", "json"]);
            string text = answer.Output.Trim();
            Assert.That(text, Is.Not.Empty, $"{string.Join(' ', command)}: {answer}");
            wrong.AddRange(Odd(string.Join(' ', command), JsonDocument.Parse(text).RootElement));
        }

        wrong.AddRange(File.ReadLines(stage.Shell.At("trail.ndjson")).SelectMany(line => Odd("trail", JsonDocument.Parse(line).RootElement)));
        wrong.AddRange(Odd("plan file", JsonDocument.Parse(File.ReadAllText(stage.Shell.At("plan.json"))).RootElement));
        Assert.That(wrong.Distinct(), Is.Empty);
    }

    private static IEnumerable<string> Odd(string place, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            (Camel().IsMatch(property.Name) ? [] : (string[])[$"{place}: {property.Name}"])
            .Concat(Maps.Contains(property.Name) ? [] : Odd($"{place}.{property.Name}", property.Value))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Odd(place, item)),
        _ => [],
    };

    [GeneratedRegex("^[a-z][a-zA-Z0-9]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Camel();
}
