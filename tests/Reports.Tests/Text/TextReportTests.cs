using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Tests.Samples;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Tests.Text;

public sealed class TextReportTests
{
    private static async Task<string> Text(Report report, TextStyle? style = null)
    {
        using StringWriter writer = new();
        await TextReport.WriteAsync(report, writer, style ?? TextStyle.Plain, CancellationToken.None);
        return writer.ToString();
    }

    private static Report Blocked() => Sample.Report(
        Sample.Head(null,
            new GuardrailVerdict("MaxAdds", Verdict.Pass, null, 2, null, "2 adds."),
            new GuardrailVerdict("SharedNumber", Verdict.Held, 3, 5, "--allow sharedNumber=5", "One number is wanted by 5 users; they are held."),
            new GuardrailVerdict("MaxDeletes", Verdict.Blocked, 2, 5, "--allow deletes=5", "5 deletes are more than 2.")) with
        {
            Tenant = new("sandbox", "1111", "Global", IsSandbox: true),
        },
        People.All);

    [Test]
    public async Task One_user_is_shown_with_every_change() =>
        Golden.Check("plan-one.txt", await Text(Sample.Report(Sample.Head(), People.Updates).Mask(Sample.Digests)));

    [Test]
    public async Task A_plan_with_every_situation_reads_as_stored() =>
        Golden.Check("plan-all.txt", await Text(Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests)));

    [Test]
    public async Task A_blocked_plan_of_a_sandbox_reads_as_stored() => Golden.Check("plan-blocked.txt", await Text(Blocked().Mask(Sample.Digests)));

    [Test]
    public async Task A_run_with_every_outcome_reads_as_stored() => Golden.Check("run-all.txt", await Text(Runs.Report().Mask(Sample.Digests)));

    [Test]
    public async Task A_plan_over_a_million_users_reads_as_stored() =>
        Golden.Check("plan-million.txt", await Text(Crowd.Report(50_000, 1_000_000).Mask(Sample.Digests)));

    [Test]
    public async Task An_empty_plan_reads_as_stored() =>
        Golden.Check("plan-empty.txt", await Text(Sample.Report(Sample.Head(), People.Equal)));

    [TestCase(0), TestCase(1), TestCase(7), TestCase(13), TestCase(40), TestCase(200), TestCase(5000)]
    public async Task No_plan_takes_more_than_forty_lines(int copies)
    {
        PlannedUser[] users = [.. Enumerable.Range(0, copies).SelectMany(_ => People.All)];
        Report report = Sample.Report(
            Sample.Head(null, [.. Enumerable.Range(0, 12).Select(i => new GuardrailVerdict($"G{i}", (Verdict)(i % 3), 1, 2, null, "m"))]) with
            {
                Diagnostics = [.. Enumerable.Range(0, 9).Select(i => Diagnostic.Warning("w", "m"))],
            },
            users);
        string text = await Text(report);
        Assert.That(text.Count(c => c == '\n'), Is.LessThanOrEqualTo(TextReport.MostLines));
    }

    [Test]
    public async Task The_legend_holds_only_the_signs_that_are_used()
    {
        string text = await Text(Sample.Report(Sample.Head(), People.Adds));
        Assert.That(text, Does.Contain("+ add").And.Not.Contain("~ change").And.Not.Contain("» move").And.Not.Contain("! held"));
    }

    [Test]
    public async Task A_sandbox_is_named_in_the_first_line()
    {
        string text = await Text(Blocked());
        Assert.That(text.Split('\n')[0], Does.StartWith("SANDBOX sandbox: Blocked by MaxDeletes"));
    }

    [Test]
    public async Task Every_guardrail_that_did_not_pass_speaks_in_full_and_says_how_to_allow_it()
    {
        string text = await Text(Blocked());
        Assert.That(text, Does.Contain("MaxDeletes blocked: 5 deletes are more than 2. To allow it once: --allow deletes=5"));
        Assert.That(text, Does.Contain("SharedNumber held: One number"));
        Assert.That(text, Does.Contain("Guardrails passed: MaxAdds"));
    }

    [Test]
    public async Task Without_colour_there_is_no_escape_sequence_and_with_colour_the_words_are_the_same()
    {
        string plain = await Text(Blocked());
        string coloured = await Text(Blocked(), new TextStyle(Colour: true));
        Assert.That(plain, Does.Not.Contain("\u001b"));
        Assert.That(System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9]+m", ""), Is.EqualTo(plain));
        Assert.That(coloured, Is.Not.EqualTo(plain));
    }

    [Test]
    public async Task No_line_is_longer_than_the_width_except_commands_which_are_pasted() =>
        Assert.That((await Text(Blocked(), new TextStyle(Width: 60))).Split('\n').Where(l => !l.StartsWith("  provision ", StringComparison.Ordinal))
            .Select(l => l.Length), Is.All.LessThanOrEqualTo(60));
}
