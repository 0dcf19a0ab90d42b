using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>A user as lines: one line when many are shown, one per change when few are.</summary>
internal static class UserLines
{
    public static IEnumerable<TextLine> Detailed(UserEntry user)
    {
        yield return new(Name(user) + Methods(user), SignRules.From(user.Situation), 2);
        foreach (Change change in Change.From(user)) yield return new(Text(change), change.Sign, 4);
        foreach (TextLine line in Held(user, 4)) yield return line;
        foreach (Diagnostic diagnostic in user.Diagnostics)
        {
            yield return new($"{Severity(diagnostic)}: {Visible.Escape(diagnostic.Message)}{Place(diagnostic.Place ?? user.Place)}", null, 4);
        }
    }

    /// <summary>What is held, and why; what is held for one reason shares a line, with the message of the first.</summary>
    public static IEnumerable<TextLine> Held(UserEntry user, int indent) => user.Held.GroupBy(static held => held.Code, StringComparer.Ordinal)
        .Select(group => new TextLine($"{string.Join(", ", group.Select(static held => held.Part.Name()))} held: {Visible.Escape(group.First().Message)}",
            Sign.Held, indent));

    public static TextLine Short(UserEntry user)
    {
        string[] parts =
        [
            .. Change.From(user).Select(c => $"{c.Sign.Letter()} {Text(c)}"),
            .. user.Held.Select(h => $"{Sign.Held.Letter()} {h.Part.Name()} held: {Visible.Escape(h.Message)}"),
            .. user.Operations.IsEmpty ? user.Diagnostics.Select(d => $"{Visible.Escape(d.Message)}{Place(d.Place ?? user.Place)}").Take(1) : [],
        ];
        return new($"{Name(user)}: {string.Join("; ", parts)}{Methods(user)}", SignRules.From(user.Situation), 2);
    }

    public static string Text(Change change)
    {
        string value = (change.Before, change.After) switch
        {
            (null, null) => "",
            ({ } before, null) => $" {Visible.Escape(before)}",
            (null, { } after) => $" {Visible.Escape(after)}",
            ({ } before, { } after) => $" {Visible.Escape(before)} → {Visible.Escape(after)}",
        };
        string partners = change.Partners is { } move ? $" ({Visible.Escape(move)})" : "";
        return change.What + value + partners + string.Concat(change.Operations.Select(Outcome));
    }

    private static string Outcome(OperationEntry operation) => operation.Outcome is not { } outcome ? "" : outcome switch
    {
        OperationOutcome.Done => operation.VerifiedAt is null && CanBeSeen(operation) ? ", done, not confirmed yet" : ", done",
        OperationOutcome.Skipped => operation.Error?.Code switch
        {
            ExecutionCodes.AlreadySo => ", was already set",
            ExecutionCodes.Stale or ExecutionCodes.NotStarted => "", // the heading says it
            _ => $", skipped{Error(operation.Error)}",
        },
        OperationOutcome.Failed => $", failed{Error(operation.Error)}",
        OperationOutcome.Unknown => $", unknown{Error(operation.Error)}",
    };

    private static string Error(OperationError? error) => error is null
        ? ""
        : $": {Visible.Escape(error.Message)} ({Visible.Escape(error.Code)}{(error.RequestId is { } id ? $", request {Visible.Escape(id)}" : "")})";

    public static string Name(UserEntry user)
    {
        string name = user.User.Length > 0 ? Visible.Escape(user.User) : "(no user)";
        return user.DisplayName is { Length: > 0 } display ? $"{name} ({Visible.Escape(display)})" : name;
    }

    public static string Methods(UserEntry user) =>
        user.MethodsBefore is { } before && Judgement.Final(user) is { } after && before != after ? $", {before} → {after} usable methods" : "";

    public static string Severity(Diagnostic diagnostic) => diagnostic.Severity switch
    {
        Engine.Model.Severity.Error => "error",
        Engine.Model.Severity.Warning => "warning",
        Engine.Model.Severity.Info => "note",
    };

    private static string Place(Place place) => place.Row is null ? "" : $" [{Visible.Escape(place.ToString())}]";

    /// <summary>Of a password, and of a token that is deactivated, no reading shows: the service's answer is all.</summary>
    private static bool CanBeSeen(OperationEntry operation) =>
        operation is not ({ Method: OperationEntry.Password } or { Action: OperationAction.Disable, Part: Part.HardwareOath });
}
