using ProvisioningConnector.Composition;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Facade;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Icf.Operations;
using ProvisioningConnector.Numbers;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sources;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>The folders of a project from the bottom up. The list is the design: a folder knows only folders that stand before it.</summary>
/// <param name="Folder">Where the project lies in the repository.</param>
/// <param name="Member">A type of the project.</param>
/// <param name="Folders">All folders with types; <c>.</c> is the project's root.</param>
public sealed record ProjectLayers(string Folder, Type Member, string[] Folders)
{
    public static IReadOnlyList<ProjectLayers> All { get; } =
    [
        new("engine", typeof(Planner),
        [
            "Model/Codes", "Model/Text", "Model/Numbers", "Model", "Readiness", "Planning", "Migration", "Records", "Guardrails",
            "Evidence/Secrets", "Evidence/Access",
            "Evidence/Approvals",
            "Evidence/Audit", "Ports", "Pacing", "Concurrency", "Readiness/Survey", "Locking", "Execution", "Runs/Memory", "Runs/Moves",
            "Runs/Quarantine", "Runs/Retry",
            "Runs/Incremental", "Runs/Drift", "Runs/Standing", "Runs/Undo", "Runs/Retiring", "Runs", "Pipeline", "Migration/Steps", "Actions",
        ]),
        new("connector/Sources", typeof(SourceFile),
        [
            "Rows", "Streams", "Csv", "Json", "Xlsx", "Sql", "Writing", ".",
        ]),
        new("connector/Numbers", typeof(LibPhoneNumber), ["."]),
        new("connector/Graph", typeof(GraphConnection),
        [
            "Settings", "Answers", "Credentials", "Json", "Http", "Sdk", "Connection", "Users", "Reading", "Writing", "Secrets", "Changes", "Policies",
            "Readiness",
        ]),
        new("connector/Stores", typeof(SqliteRunStore),
        [
            "Bodies", "Database", "Sqlite", "Postgres", "Keys", "Sealing", "Commits", "Runs", "Spool", "Notes", "Audit", "ApiKeys", "Approvals", "History",
            "RequestKeys", "Leases", "VerifiedStates", "Windows", "Analyses", "Upkeep", ".",
        ]),
        new("connector/Reports", typeof(Report),
        [
            "Commands", "Documents", "Findings", "Text", "Markdown", "Recovery", "Json", "Html", "Spreadsheets", "Readiness", "Seal",
        ]),
        new("connector/Crest", typeof(CrestRequest),
        [
            "Errors", "Json", "Filters", "Paging", "Parameters", "Requests", "Patches", "Access",
        ]),
        new("connector/Icf", typeof(IcfConnector),
        [
            "Objects", "Errors", "Attributes", "Filters", "Operations",
        ]),
        new("connector/Sandbox", typeof(SandboxServer),
        [
            "Settings", "Filters", "Model", "Seed", "Tenant", "Http", "Journal", "Quotas", "Faults", "Endpoints", "Serving", ".",
        ]),
        new("connector/Composition", typeof(Workspace), ["About", "Logging", "Configuration", "Audit", ".", "Readiness", "Migration"]),
        new("connector/Facade", typeof(FacadeServer),
        [
            "Access", "Telemetry", "Hosting", "Http", "Authentication", "Authorization", "Gate", "Openidm", "Plain/Bodies",
            "Plain", "Plain/Operations", "OpenApi",
            "Recon", ".",
        ]),
        new("connector/Host", typeof(ExitCodes), ["Cli/Drawing", "Cli", "Cli/Actions", "Cli/Verbs", "Cli/Help", "Cli/Commands", "."]),
    ];

    /// <summary>Path of the compiled project.</summary>
    public string Assembly => Member.Assembly.Location;

    /// <summary>Namespace of the project's root folder.</summary>
    public string Namespace => "ProvisioningConnector." + (Folder == "engine" ? "Engine" : Folder[(Folder.LastIndexOf('/') + 1)..]);

    /// <summary>How high a folder stands; folders that the list forgets stand highest and are found by their own test.</summary>
    public int Rank(string folder) => Array.IndexOf(Folders, folder) is >= 0 and var place ? place : int.MaxValue;
}
