using System.Globalization;
using System.Text;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Html;

/// <summary>
/// The figures of a plan or run as pictures, drawn here as SVG. Every picture has a key in words with the same figures, so that no one needs colours or
/// eyes to read it.
/// </summary>
internal static class HtmlPictures
{
    private const double Wide = 1000;

    /// <summary>So wide is a part at least that holds someone, and the gap between two.</summary>
    private const double Least = 6, Gap = 3;

    private const double High = 100;

    public static void Write(StringBuilder page, ReportHeader head, FindingCounter tally)
    {
        if (head.Summary.Users < 2) return;
        StringBuilder pictures = new();
        if (head is RunDocument run) Outcomes(pictures, run, tally);
        Share(pictures, head);
        Changes(pictures, head, tally);
        Methods(pictures, head, tally);
        page.Append($"<section aria-labelledby=\"glance\"><h2 id=\"glance\">At a glance</h2><div class=\"pictures\">\n{pictures}</div></section>\n");
    }

    private static void Share(StringBuilder page, ReportHeader head)
    {
        SummaryEntry summary = head.Summary;
        string list = head is RunDocument ? "Share of the list that the plan changes" : "Share of the list that changes";
        long rest = summary.Invalid + summary.NotFound + summary.NotRead;
        Begin(page, $"{list}: <b>{HtmlContent.Encode(Percent(summary.Changed, summary.Users))}</b>");
        Stack(page, "user",
        [
            new(summary.Changed, "change", summary.Changed == 1 ? "changes" : "change"), new(summary.Equal, "equal", "equal already"),
            new(summary.Held, "held", "held"), new(rest, "bad", "invalid, not found or not read"),
        ]);
        End(page);
    }

    private static void Changes(StringBuilder page, ReportHeader head, FindingCounter tally)
    {
        (Sign Sign, long Count)[] counts = [.. Wording.Changes(head.Summary, tally)];
        if (counts.Length == 0) return;
        Begin(page, $"{(head is RunDocument ? "Planned changes" : "Changes")}: <b>{Quantity.Of(counts.Sum(static c => c.Count))}</b>");
        Stack(page, "", [.. counts.Select(static c => new Part(c.Count, ClassOf(c.Sign), NameOf(c.Sign, c.Count)))]);
        End(page);
    }

    private static void Methods(StringBuilder page, ReportHeader head, FindingCounter tally)
    {
        long read = tally.StrengthBefore.Sum();
        if (read == 0) return;
        Begin(page, $"Usable methods of the {Quantity.Of(read, "listed user")} {(read == 1 ? "who was" : "who were")} read");
        Stack(page, "user", Strengths(tally.StrengthBefore), "Before");
        Stack(page, "user", Strengths(tally.StrengthAfter), head is RunDocument ? "After the run" : "After");
        End(page);
    }

    private static Part[] Strengths(IReadOnlyList<long> counts) =>
    [
        new(counts[(int)MethodStrength.None], "bad", "with no method"), new(counts[(int)MethodStrength.PhoneOnly], "held", "with a phone only"),
        new(counts[(int)MethodStrength.Strong], "good", "with a strong method"),
    ];

    private static void Outcomes(StringBuilder page, RunDocument run, FindingCounter tally)
    {
        SummaryEntry summary = run.Summary;
        (long done, long failed, long unknown) = (summary.Done ?? 0, summary.Failed ?? 0, summary.Unknown ?? 0);
        (long stale, long skipped) = (summary.Stale ?? 0, summary.Skipped ?? 0);
        long open = Math.Max(0, summary.Changed - done - failed - unknown - stale - skipped);
        Begin(page, $"Users done: <b>{HtmlContent.Encode(Percent(done, summary.Changed))}</b>");
        Stack(page, "user",
        [
            new(done, "good", "done"), new(failed, "bad", "failed"), new(unknown, "held", "unknown"), new(stale, "move", "stale"),
            new(skipped, "equal", "skipped"), new(open, "open", "not finished"),
        ]);
        End(page);
        TimeLine(page, run, tally.Writes);
    }

    private static void TimeLine(StringBuilder page, RunDocument run, WritesOverTime writes)
    {
        if (writes.Columns.Count < 2) return;
        long most = writes.Columns.Max(static column => column.Total);
        double width = Wide / writes.Columns.Count;
        DateTimeOffset end = run.StartedAt + writes.Width * writes.Columns.Count;
        string scale = $"{Quantity.Of(most, "write")} at most in {Quantity.Duration(writes.Width.TotalSeconds)}";
        long other = writes.Columns.Sum(static column => column.Other);
        string words = $"{Quantity.Of(writes.Columns.Sum(static column => column.Done))} done"
            + (other > 0 ? $", {Quantity.Of(other)} failed or unknown" : "");
        Begin(page, "Writes over time");
        page.Append(CultureInfo.InvariantCulture,
            $"<svg class=\"columns\" viewBox=\"0 0 {Wide} {High}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{words}; {scale}\">");
        for (int i = 0; i < writes.Columns.Count; i++)
        {
            WritesOverTime.Column column = writes.Columns[i];
            double done = High * column.Done / most, failed = High * column.Other / most, from = Math.Round(i * width, 1);
            double thick = Math.Round(Math.Max(1, width - Gap), 1);
            if (column.Done > 0) Rectangle(page, "good", from, High - done, thick, done);
            if (column.Other > 0) Rectangle(page, "bad", from, High - done - failed, thick, failed);
        }

        DateTimeOffset last = run.EndedAt is { } ended && ended < end ? ended : end;
        page.Append($"</svg>\n<p class=\"ends\">{HtmlContent.Time(run.StartedAt)}{HtmlContent.Time(last)}</p>\n"
            + $"<p class=\"quiet\">{words}; {scale}.</p>\n");
        End(page);
    }

    private static void Begin(StringBuilder page, string caption) => page.Append($"<figure><figcaption>{caption}</figcaption>\n");

    private static void End(StringBuilder page) => page.Append("</figure>\n");

    /// <summary>A bar of parts side by side, and its key.</summary>
    private static void Stack(StringBuilder page, string unit, Part[] all, string? title = null)
    {
        Part[] parts = [.. all.Where(static part => part.Count > 0)];
        string key = string.Join(", ", parts.Select(part => part.Words(unit)));
        if (title is not null) page.Append($"<p class=\"bar-title\">{title}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<svg class=\"stack\" viewBox=\"0 0 {Wide} 20\" preserveAspectRatio=\"none\" role=\"img\" ")
            .Append($"aria-label=\"{HtmlContent.Encode(title is null ? key : $"{title}: {key}")}\">");
        long whole = parts.Sum(static part => part.Count);
        double room = Wide - (Least + Gap) * parts.Length, from = 0;
        foreach (Part part in parts)
        {
            double width = Least + room * part.Count / whole;
            Rectangle(page, part.Class, from, 0, width, 20);
            from += width + Gap;
        }

        page.Append("</svg>\n<ul class=\"key\">");
        foreach (Part part in parts)
        {
            page.Append($"<li><svg class=\"swatch\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"{part.Class}\" width=\"10\" height=\"10\"/></svg>"
                + $"{HtmlContent.Encode(part.Words(unit))}</li>");
        }

        page.Append("</ul>\n");
    }

    private static void Rectangle(StringBuilder page, string name, double x, double y, double width, double height) => page.Append(
        CultureInfo.InvariantCulture,
        $"<rect class=\"{name}\" x=\"{Math.Round(x, 1)}\" y=\"{Math.Round(y, 1)}\" width=\"{Math.Round(width, 1)}\" height=\"{Math.Round(height, 1)}\"/>");

    /// <summary>Never 0 % where there is someone, and never 100 % where someone is missing.</summary>
    private static string Percent(long part, long whole) => (part, whole) switch
    {
        (0, _) or (_, 0) => "0 %",
        _ when part >= whole => "100 %",
        _ when part * 100 < whole => "under 1 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(99, Math.Round(100.0 * part / whole))} %"),
    };

    private static string ClassOf(Sign sign) => sign switch
    {
        Sign.Add => "good",
        Sign.Update => "change",
        Sign.Delete or Sign.Invalid => "bad",
        Sign.Move => "move",
        Sign.Set => "equal",
        Sign.Held or Sign.Unread => "held",
    };

    private static string NameOf(Sign sign, long count) => (sign, count == 1) switch
    {
        (Sign.Add, true) => "addition",
        (Sign.Add, false) => "additions",
        (Sign.Update, true) => "changed value",
        (Sign.Update, false) => "changed values",
        (Sign.Delete, true) => "removal",
        (Sign.Delete, false) => "removals",
        (Sign.Move, true) => "move to another slot",
        (Sign.Move, false) => "moves to another slot",
        (Sign.Set, true) => "setting",
        (Sign.Set, false) => "settings",
        (Sign.Held or Sign.Unread or Sign.Invalid, _) => sign.Meaning(),
    };

    /// <summary>One part of a bar.</summary>
    private readonly record struct Part(long Count, string Class, string Name)
    {
        public string Words(string unit) => unit.Length == 0 ? $"{Quantity.Of(Count)} {Name}" : $"{Quantity.Of(Count, unit)} {Name}";
    }
}
