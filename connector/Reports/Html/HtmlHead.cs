using System.Text.Json;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Html;

/// <summary>What the page's script must know besides the rows: names, exact counts, shards.</summary>
internal static class HtmlHead
{
    public static string Json(ReportHeader head, FindingCounter tally, IReadOnlyList<string> shards) => HtmlJson.Write(writer =>
    {
        SummaryEntry summary = head.Summary;
        bool run = head is RunDocument;
        writer.WriteStartObject();
        writer.WriteNumber("rows", head.Entries);
        writer.WriteNumber("printed", HtmlUserList.Most);
        List(writer, "shards", shards);
        List(writer, "findings", Enum.GetValues<Finding>().Select(f => f.Heading(run)));
        List(writer, "bad", Enum.GetValues<Finding>().Where(f => f.IsBad()).Select(f => (long)f));
        writer.WriteStartObject("counts");
        foreach (FindingCounter.Group group in tally.Groups) writer.WriteNumber(((int)group.Finding)
            .ToString(System.Globalization.CultureInfo.InvariantCulture),
            group.Count);
        writer.WriteEndObject();
        List(writer, "signs", Enum.GetValues<Sign>().Select(s => s.Letter().ToString()));
        List(writer, "meanings", Enum.GetValues<Sign>().Select(s => s.Meaning()));
        List(writer, "situations", Enum.GetValues<Situation>().Select(s => s.Name()));
        List(writer, "situationCounts", Enum.GetValues<Situation>().Select(s => summary[s]));
        List(writer, "actions", Enum.GetValues<OperationAction>().Select(a => a.Name()));
        List(writer, "actionCounts", [summary.Operations.Add, summary.Operations.Update, summary.Operations.Delete, summary.Operations.Enable,
            summary.Operations.Disable, summary.Operations.Prefer, summary.Operations.Reset]);
        writer.WriteStartObject("reasons");
        foreach (Reason reason in Enum.GetValues<Reason>()) writer.WriteString(reason.Code(), reason.Words());
        writer.WriteEndObject();
        if (run)
        {
            List(writer, "outcomes", Enum.GetValues<UserOutcome>().Select(o => o.Name()));
            List(writer, "outcomeCounts", [summary.Done ?? 0, summary.Skipped ?? 0, summary.Failed ?? 0, summary.Unknown ?? 0, summary.Stale ?? 0]);
        }

        writer.WriteStartArray("sections");
        Section(writer, HtmlFlags.NoneLeft, run ? "left without a method" : "no method left", tally.LeftWithNone);
        Section(writer, HtmlFlags.LastPhone, run ? "lost the last phone" : "lose the last phone", tally.LosesLastPhone);
        Section(writer, HtmlFlags.Fewer, run ? "ended with fewer methods" : "ends with fewer methods", tally.EndsWithFewer);
        Section(writer, HtmlFlags.OnlyPhone, "only method is a phone", tally.OnlyPhone);
        Section(writer, HtmlFlags.DefaultMoves, "default method moves", tally.DefaultMoves);
        Section(writer, HtmlFlags.Privileged, "privileged touched", tally.PrivilegedTouched);
        Section(writer, HtmlFlags.Drifted, "drift", tally.Drifted);
        Section(writer, HtmlFlags.Warned, "with warnings", tally.Warned);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Section(Utf8JsonWriter writer, HtmlFlags flag, string name, long count)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue((int)flag);
        writer.WriteStringValue(name);
        writer.WriteNumberValue(count);
        writer.WriteEndArray();
    }

    private static void List(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static void List(Utf8JsonWriter writer, string name, IEnumerable<long> values)
    {
        writer.WriteStartArray(name);
        foreach (long value in values) writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }
}
