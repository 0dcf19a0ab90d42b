using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>Commands that reports propose. They are read and typed by people, so names from outside are quoted where a shell would take them apart.</summary>
internal static class Commands
{
    private const string StandardInput = "-";

    public static string Plan(SourceIdentity source) => IsAction(source) ? "run it again with --dry-run" : IsRequest(source) ? "send the request again" : UndoneRun(source) is { } run ? Undo(run) : $"provision plan {Argument(source.Name)}";

    public static string Apply(SourceIdentity source) => source.Name == StandardInput ? "save the plan with --out FILE and: provision apply FILE"
        : IsAction(source) ? "confirm; after --dry-run: run it without"
        : UndoneRun(source) is { } run ? $"{Undo(run)} --out FILE and: provision apply FILE"
        : $"provision apply {Argument(source.Name)}";

    public static string Resume(string runId) => $"provision resume {Argument(runId)}";

    public static string Show(string runId) => $"provision show {Argument(runId)}";

    public static string Undo(string runId) => $"provision undo {Argument(runId)}";

    /// <summary>Whether it is an action on one user rather than a source.</summary>
    public static bool IsAction(SourceIdentity source) => source is { Census: null, Delta: true } && source.Name.StartsWith(SourceIdentity.ActionPrefix, StringComparison.Ordinal);

    /// <summary>Whether it is a request to the service rather than a source.</summary>
    public static bool IsRequest(SourceIdentity source) =>
        source is { Census: null, Delta: true } && (source.Name == SourceIdentity.Request || source.Name.StartsWith($"{SourceIdentity.Request} ", StringComparison.Ordinal));

    /// <summary>What to do about a run that was left before its end: changes of one user are made again, not resumed.</summary>
    public static string GoOn(string runId, bool resumable) => resumable ? Resume(runId) : "Make the change again: a repeat sends only what is left.";

    /// <summary>The run that an undo plan turns round; null for plans of sources.</summary>
    private static string? UndoneRun(SourceIdentity source) =>
        source is { Census: null, Delta: true } && source.Name.StartsWith(SourceIdentity.UndoPrefix, StringComparison.Ordinal) ? source.Name[SourceIdentity.UndoPrefix.Length..] : null;

    private static string Argument(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or ':') && text.Length > 0
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
