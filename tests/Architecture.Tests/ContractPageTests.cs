using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Plain.Operations;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Commands;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Readiness;
using ProvisioningConnector.Reports.Recovery;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>The pages of <c>docs/</c> are the contract: they have every verb, option, exit code, setting, property, code and operation there is.</summary>
public sealed partial class ContractPageTests
{
    [Test]
    public void Every_verb_and_option_is_on_the_page_of_the_command_line()
    {
        CommandLine line = new();
        RootCommand root = ProvisionCommand.Build(line, new NoVerbs());
        HelpCommands.AddTo(root, line, new Terminal(Stream.Null, TextWriter.Null, static () => Stream.Null, false, false, false));

        Assert.That(Missing("cli.md", Names(root).Distinct(StringComparer.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_exit_code_is_on_the_page_of_the_command_line()
    {
        string page = Page("cli.md");

        int[] missing = [.. Constants(typeof(ExitCodes)).Cast<int>().Where(code => !page.Contains($"\n| {code} | ", StringComparison.Ordinal))];

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_setting_is_on_the_page_of_the_configuration()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "config", "settings.schema.json")));

        Assert.That(Missing("configuration.md", Settings(schema.RootElement).Where(name => name != "$schema").Distinct(StringComparer.Ordinal)), Is.Empty);
    }

    [TestCase(typeof(PlanDocument))]
    [TestCase(typeof(RunDocument))]
    [TestCase(typeof(RunsDocument))]
    [TestCase(typeof(RunsEntry))]
    [TestCase(typeof(SummaryEntry))]
    [TestCase(typeof(OperationCounts))]
    [TestCase(typeof(Forecast))]
    [TestCase(typeof(Used))]
    [TestCase(typeof(GuardrailVerdict))]
    [TestCase(typeof(UserEntry))]
    [TestCase(typeof(OperationEntry))]
    [TestCase(typeof(HeldPart))]
    [TestCase(typeof(ErrorDocument))]
    [TestCase(typeof(HistoryDocument))]
    [TestCase(typeof(HistoryEntry))]
    [TestCase(typeof(MethodsDocument))]
    [TestCase(typeof(RecoveryDocument))]
    [TestCase(typeof(RecoveryEntry))]
    [TestCase(typeof(TenantReadiness))]
    public void Every_property_of_a_document_is_on_its_page(Type document)
    {
        string[] names = [.. document.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && !IsHidden(p))
            .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))];

        Assert.That(Missing("documents.md", names), Is.Empty);
    }

    [TestCase("plan.json", "Plan")]
    [TestCase("run.json", "Run")]
    [TestCase("run.json", "Summary", "summary")]
    [TestCase("run.json", "User", "users", "0")]
    [TestCase("run.json", "Operation", "users", "0", "operations", "0")]
    public void Properties_are_in_the_order_of_the_page(string file, string section, params string[] way)
    {
        string recorded = Path.Combine(Repository.Root, "tests", "Scenarios.Tests", "Scenarios", "tutorial-1-add", "documents", file);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(recorded));
        JsonElement element = way.Aggregate(document.RootElement, (at, step) => int.TryParse(step, out int i) ? at[i] : at.GetProperty(step));
        string[] written = [.. element.EnumerateObject().Select(p => p.Name)];

        string[] listed = [.. Section(section).Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(l => Code().Matches(l.Split(" | ")[0])).Select(m => m.Value.Trim('`').Replace("[]", "", StringComparison.Ordinal))];

        Assert.That(listed.Intersect(written, StringComparer.Ordinal), Is.EqualTo(written.Intersect(listed, StringComparer.Ordinal)));
        Assert.That(listed.Intersect(written, StringComparer.Ordinal).Count(), Is.GreaterThan(8));
    }

    [TestCase(typeof(HoldCodes), "design.md")]
    [TestCase(typeof(ExecutionCodes), "safety.md")]
    public void Every_code_is_on_its_page(Type codes, string page) => Assert.That(Missing(page, Constants(codes).Cast<string>()), Is.Empty);

    [Test]
    public void Every_reason_situation_part_and_right_is_on_its_page()
    {
        Assert.That(Missing("design.md", Enum.GetValues<Reason>().Select(r => r.Code())), Is.Empty);
        Assert.That(Missing("design.md", Enum.GetValues<Situation>().Select(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()))), Is.Empty);
        Assert.That(Missing("facade.md", Enum.GetValues<Right>().Select(r => r.Name())), Is.Empty);
    }

    [TestCase("RowFaults.cs")]
    [TestCase("FileFaults.cs")]
    public void Every_error_of_a_row_or_file_is_on_the_page_of_sources(string file)
    {
        string code = File.ReadAllText(Path.Combine(Repository.Root, "connector", "Sources", "Rows", file));

        string[] names = [.. FaultCode().Matches(code).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

        Assert.That(names, Has.Length.GreaterThan(10));
        Assert.That(Missing("sources.md", names), Is.Empty);
    }

    [Test]
    public void Every_operation_of_the_plain_API_is_on_the_page_of_the_service()
    {
        string page = Page("facade.md");

        string[] missing = [.. PlainOperations.All.Select(o => $"`{o.Method} {o.Path.Split("{user}")[^1]}")
            .Where(request => !page.Contains(request, StringComparison.Ordinal))];

        Assert.That(missing, Is.Empty);
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", name));

    /// <summary>A section of the page about documents.</summary>
    private static string Section(string heading) => Page("documents.md").Split($"\n## {heading}\n")[1].Split("\n## ")[0];

    /// <summary>Names that the page does not have in code spelling.</summary>
    private static string[] Missing(string page, IEnumerable<string> names)
    {
        HashSet<string> words = [.. Code().Matches(Page(page)).SelectMany(m => Word().Matches(m.Value)).Select(m => m.Value)];
        return [.. names.Where(name => !words.Contains(name)).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Names(Command command) =>
        command.Options.Select(o => o.Name).Concat(command.Subcommands.Where(s => !s.Hidden).SelectMany(s => Names(s).Prepend(s.Name)));

    private static IEnumerable<object?> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => f.GetRawConstantValue());

    private static bool IsHidden(PropertyInfo property) => property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };

    private static IEnumerable<string> Settings(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object) yield break;
        if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                yield return property.Name;
                foreach (string below in Settings(property.Value)) yield return below;
            }
        }

        if (!schema.TryGetProperty("additionalProperties", out JsonElement named)) yield break;
        foreach (string below in Settings(named)) yield return below;
    }

    [GeneratedRegex("(?:Error\\(|new\\(|PhoneRefusalCode\\.\\w+\\s*=>)\\s*\"([a-z][A-Za-z]+)\"")]
    private static partial Regex FaultCode();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[\w-]+")]
    private static partial Regex Word();

    /// <summary>For the grammar alone.</summary>
    private sealed class NoVerbs : IVerbRunner
    {
        public Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CancellationToken, Task<int>> call)
            where TVerb : class => Task.FromResult(0);
    }
}
