using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Markdown;

/// <summary>The users of a Markdown report, as many as there is room for; findings without room keep their headings.</summary>
internal static class MarkdownGroups
{
    private const int RoomOfHeading = 200;
    private const string Fold = "\n</details>\n\n";

    public static void Append(StringBuilder page, FindingCounter tally, bool run, int most)
    {
        ImmutableArray<FindingCounter.Group> groups = tally.Groups;
        int room = most - Bytes(page.ToString()) - RoomOfHeading * groups.Length;
        foreach (FindingCounter.Group group in groups)
        {
            // No one takes more than half of what is left, so that the findings below are received too.
            int budget = Math.Max(0, room / 2);
            StringBuilder users = new();
            int shown = 0;
            int used = 0;
            foreach (UserEntry user in group.First)
            {
                string text = User(user);
                int bytes = Bytes(text);
                if (used + bytes > budget) break;
                users.Append(text);
                used += bytes;
                shown++;
            }

            room -= used;
            string heading = group.Title(run);
            if (shown == 0)
            {
                page.Append($"**{heading}**\n\n");
                continue;
            }

            page.Append($"<details{(group.Finding.IsBad() ? " open" : "")}><summary>{heading}</summary>\n\n").Append(users);
            if (group.Count > shown) page.Append($"- … and {Quantity.Of(group.Count - shown)} more, see the HTML or JSON report\n");
            page.Append(Fold);
        }
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private static string User(UserEntry user)
    {
        StringBuilder text = new();
        string name = user.DisplayName is { Length: > 0 } display ? $" {MarkdownText.Prose(display)}" : "";
        string methods = user.MethodsBefore is { } before && Judgement.Final(user) is { } after && after != before
            ? $", {before} → {after} usable methods" : "";
        string situation = SignRules.From(user.Situation) is { } sign ? $"{MarkdownText.Code(sign.Letter().ToString())} " : "";
        text.Append($"- {situation}{(user.User.Length > 0 ? MarkdownText.Code(user.User) : "(no user)")}{name}{methods}\n");
        foreach (Change change in Change.From(user))
        {
            string outcomes = string.Concat(change.Operations.Select(Outcome));
            string partners = change.Partners is { } move ? $" ({MarkdownText.Prose(move)})" : "";
            text.Append($"  - {MarkdownText.Code(change.Sign.Letter().ToString())} {change.What}{Value(change)}{partners}{outcomes}\n");
        }

        foreach (HeldPart held in user.Held)
            text.Append($"  - {MarkdownText.Code("!")} {held.Part.Name()} held: {MarkdownText.Prose(held.Message)}\n");
        foreach (Diagnostic diagnostic in user.Diagnostics)
        {
            Place place = diagnostic.Place ?? user.Place;
            text.Append($"  - {UserLines.Severity(diagnostic)}: {MarkdownText.Prose(diagnostic.Message)} {MarkdownText.Code(place.ToString())}\n");
        }

        return text.ToString();
    }

    private static string Value(Change change) => (change.Before, change.After) switch
    {
        (null, null) => "",
        ({ } before, null) => $" {MarkdownText.Code(before)}",
        (null, { } after) => $" {MarkdownText.Code(after)}",
        ({ } before, { } after) => $" {MarkdownText.Code(before)} → {MarkdownText.Code(after)}",
    };

    private static string Outcome(OperationEntry operation)
    {
        if (operation.Outcome is not { } outcome) return "";
        if (operation.Error is not { } error) return $", {outcome.Name()}";
        string request = error.RequestId is { } id ? $" (request {MarkdownText.Code(id)})" : "";
        return $", {outcome.Name()} {MarkdownText.Code(error.Code)} {MarkdownText.Prose(error.Message)}{request}";
    }
}
