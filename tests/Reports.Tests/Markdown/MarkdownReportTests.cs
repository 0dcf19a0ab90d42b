using System.Text;
using System.Text.RegularExpressions;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Markdown;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Markdown;

public sealed class MarkdownReportTests
{
    private static async Task<string> Markdown(Report report)
    {
        using StringWriter writer = new();
        await MarkdownReport.WriteAsync(report, writer, CancellationToken.None);
        return writer.ToString();
    }

    [Test]
    public async Task A_plan_reads_as_stored() => Golden.Check("plan-all.md", await Markdown(Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests)));

    [Test]
    public async Task A_run_reads_as_stored() => Golden.Check("run-all.md", await Markdown(Runs.Report().Mask(Sample.Digests)));

    [Test]
    public async Task A_report_over_a_million_users_fits_into_a_comment_with_exact_counts()
    {
        string text = await Markdown(Crowd.Report(50_000, 1_000_000).Mask(Sample.Digests));
        Assert.That(Encoding.UTF8.GetByteCount(text), Is.LessThanOrEqualTo(MarkdownReport.MostBytes));
        Assert.That(text, Does.Contain("50,000 users change").And.Contain("Additions: 32,966"));
        Assert.That(Regex.Count(text, "<details"), Is.EqualTo(Regex.Count(text, "</details>")));
    }

    [TestCaseSource(typeof(Hostile), nameof(Hostile.Texts))]
    public async Task Hostile_data_stay_text(string hostile)
    {
        string text = await Markdown(Sample.Report(Hostile.Head(hostile), Hostile.Users));
        string outside = Regex.Replace(text, "^(`{3,})sh\\n[^\\n]*\\n\\1$", "", RegexOptions.Multiline);
        outside = Regex.Replace(outside, "(?<!`)(`+)(?!`)(.+?)(?<!`)\\1(?!`)", "");
        outside = Regex.Replace(outside, "\\\\[!-/:-@\\[-`{-~]", "");
        outside = Regex.Replace(outside, "</?(details|summary|span)( open)?>", "");
        Assert.That(outside, Does.Not.Match("[<>\\[\\]`|]"), "no element, link, image, cell or code of its own");
        Assert.That(outside, Does.Not.Contain("://").And.Not.Contain("www.").And.Not.Contain("\u001b").And.Not.Contain("\u202e"));
        Assert.That(Regex.IsMatch(outside, "^# heading|^> quote", RegexOptions.Multiline), Is.False);
        Assert.That(Encoding.UTF8.GetByteCount(text), Is.LessThanOrEqualTo(MarkdownReport.MostBytes));
    }

    [TestCase("a`b", "`` a`b ``")]
    [TestCase("``", "``` `` ```")]
    [TestCase("plain", "`plain`")]
    [TestCase("", "")]
    public void A_code_span_is_fenced_longer_than_what_it_holds(string text, string expected) => Assert.That(MarkdownText.Code(text), Is.EqualTo(expected));
}
