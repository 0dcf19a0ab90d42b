using System.Diagnostics;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>Commands that reports propose. They are read and typed by people, so names from outside are quoted where a shell would take them apart.</summary>
internal static class Commands
{
    public static string Plan(ReportHeader head) => head.Origin switch
    {
        PlanOrigin.Source => $"provision plan {Argument(head.Source.Name)}",
        PlanOrigin.StandardInput => "provision plan - with the same input",
        PlanOrigin.Undo undo => Undo(undo.RunId),
        PlanOrigin.Action => "run it again with --dry-run",
        PlanOrigin.Request => "send the request again",
        var other => throw new UnreachableException(other.GetType().Name),
    };

    public static string Apply(ReportHeader head) => head.Origin switch
    {
        PlanOrigin.Source => $"provision apply {Argument(head.Source.Name)}",
        PlanOrigin.StandardInput => "save the plan with --out FILE and: provision apply FILE",
        PlanOrigin.Undo undo => $"{Undo(undo.RunId)} --out FILE and: provision apply FILE",
        PlanOrigin.Action => "confirm; after --dry-run: run it without",
        PlanOrigin.Request => "send the request without dry run",
        var other => throw new UnreachableException(other.GetType().Name),
    };

    public static string Resume(string runId) => $"provision resume {Argument(runId)}";

    public static string Show(string runId) => $"provision show {Argument(runId)}";

    public static string Undo(string runId) => $"provision undo {Argument(runId)}";

    /// <summary>What to do about a run that was left before its end: changes of one user are made again, not resumed.</summary>
    public static string GoOn(string runId, bool resumable) => resumable ? Resume(runId) : "Make the change again: a repeat sends only what is left.";

    private static string Argument(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or ':') && text.Length > 0
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
