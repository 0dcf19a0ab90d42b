using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Faults;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>A folder with a tenant (<c>tenant.json</c>), a source (<c>people.*</c>), perhaps
/// faults (<c>faults.json</c>), and what is expected (<c>scenario.json</c>).</summary>
internal sealed class Scenario
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow
    };

    private Scenario(string folder, ScenarioFile file) => (Folder, File) = (folder, file);

    public string Folder { get; }

    public ScenarioFile File { get; }

    public string Name => Path.GetFileName(Folder);

    public string Source => Directory.EnumerateFiles(Folder, "people.*").Single();

    public string SeedText => System.IO.File.ReadAllText(Path.Combine(Folder, "tenant.json"));

    public FaultPlan? Faults => Path.Combine(Folder, "faults.json") is var path && System.IO.File.Exists(path)
        ? FaultPlan.Parse(System.IO.File.ReadAllText(path)) : null;

    public static IEnumerable<Scenario> All() => Directory.EnumerateDirectories(Path.Combine(AppContext.BaseDirectory, "Scenarios"))
        .Order(StringComparer.Ordinal).Select(f => new Scenario(f, Read(Path.Combine(f, "scenario.json"))));

    public override string ToString() => Name;

    private static ScenarioFile Read(string path) =>
        JsonSerializer.Deserialize<ScenarioFile>(System.IO.File.ReadAllText(path), Reading) ?? throw new InvalidDataException(path);
}

/// <summary>What is expected. What is not named is not expected to be there: users without an entry are equal.</summary>
internal sealed record ScenarioFile
{
    public required string Title { get; init; }

    /// <summary>Put over the tenant's settings.</summary>
    public JsonObject? Settings { get; init; }

    /// <summary>For <c>plan</c> and <c>apply</c> alike.</summary>
    public string[] Options { get; init; } = [];

    public Dictionary<string, string[]> Operations { get; init; } = [];

    /// <summary>Part and code by user.</summary>
    public Dictionary<string, string[]> Held { get; init; } = [];

    /// <summary>Users who are neither changed, held nor equal.</summary>
    public Dictionary<string, string> Situations { get; init; } = [];

    /// <summary>Codes of diagnostics by user, in the plan or the run; others may be there too.</summary>
    public Dictionary<string, string[]> Codes { get; init; } = [];

    /// <summary>Guardrails that do not pass.</summary>
    public Dictionary<string, string> Guardrails { get; init; } = [];

    public int PlanExit { get; init; }

    public int Exit { get; init; }

    /// <summary>Outcomes of users in the run; all others with operations are <c>done</c>.</summary>
    public Dictionary<string, string> Outcomes { get; init; } = [];

    /// <summary>Error codes of operations in the run, by user.</summary>
    public Dictionary<string, string[]> Errors { get; init; } = [];

    /// <summary>What users of the tenant have in the end.</summary>
    public Dictionary<string, string> Afterwards { get; init; } = [];

    /// <summary>Whether the faults can bring the run off its aim, so that the second plan has something left.</summary>
    public bool LeavesWork { get; init; }

    /// <summary>Whether the tenant goes on to stumble while the second plan is made.</summary>
    public bool FaultsFromTheStart { get; init; }
}
