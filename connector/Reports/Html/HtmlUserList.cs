using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Html;

/// <summary>The users for a browser without scripts: in the order of the source, each with its changes and their reasons in words.</summary>
internal static class HtmlUserList
{
    /// <summary>Users who are listed without scripts, and how many a page prints at a time.</summary>
    public const int Most = 10_000;

    public static async Task WriteAsync(Report report, IAsyncEnumerable<UserEntry> users, TextWriter output, CancellationToken cancellation)
    {
        await output.WriteAsync("<noscript><ol class=\"users plain\">\n");
        bool run = report.Head is RunDocument;
        long listed = 0;
        await foreach (UserEntry user in users.Take(Most).WithCancellation(cancellation))
        {
            await output.WriteAsync(Item(user, run));
            listed++;
        }

        await output.WriteAsync("</ol>\n");
        if (listed < report.Head.Entries)
        {
            await output.WriteAsync($"<p class=\"quiet\">{Quantity.Of(listed)} of {Quantity.Of(report.Head.Entries, "user")} are listed here. "
                + "Allow JavaScript for this page to see all, or write the report as JSON.</p>\n");
        }

        await output.WriteAsync("</noscript>\n");
    }

    private static string Item(UserEntry user, bool run)
    {
        StringBuilder item = new();
        Finding finding = Judgement.From(user);
        string outcome = user.Outcome is { } known ? $", {known.Name()}" : "";
        item.Append($"<li><p><b dir=\"ltr\">{HtmlContent.Encode(UserLines.Name(user))}</b></p>"
            + $"<p class=\"quiet\">{HtmlContent.Encode(finding.Heading(run) + UserLines.Methods(user) + outcome)}</p><ul class=\"changes\">");
        foreach (Change change in Change.From(user))
        {
            string reasons = string.Join("; ",
                change.Operations.Select(static operation => ReasonWords.Words(operation.Reason)).Distinct(StringComparer.Ordinal));
            item.Append($"<li><span class=\"sign\">{HtmlContent.Encode(change.Sign.Letter().ToString())}</span>{HtmlContent.Encode(UserLines.Text(change))}"
                + $" <span class=\"quiet\">({HtmlContent.Encode(reasons)})</span></li>");
        }

        foreach (HeldPart held in user.Held)
        {
            item.Append($"<li><span class=\"sign\">!</span>{HtmlContent.Encode($"{held.Part.Name()} held: {held.Message}")}</li>");
        }

        foreach (Diagnostic diagnostic in user.Diagnostics)
        {
            item.Append($"<li>{HtmlContent.Encode($"{UserLines.Severity(diagnostic)}: {diagnostic.Message}")}</li>");
        }

        return item.Append("</ul></li>\n").ToString();
    }
}
