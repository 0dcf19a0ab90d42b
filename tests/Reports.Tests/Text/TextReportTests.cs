using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
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
    public async Task The_verdict_names_the_sandbox_and_comes_after_the_details_and_before_the_next_command()
    {
        string[] lines = (await Text(Blocked())).TrimEnd().Split('\n');
        Assert.That(lines[^3], Is.EqualTo("SANDBOX sandbox: Refused by MaxDeletes: nothing is written."));
        Assert.That(lines[^1], Does.StartWith("  provision plan "));
    }

    [Test]
    public async Task Every_guardrail_that_did_not_pass_speaks_in_full_and_says_how_to_allow_it_once()
    {
        string text = await Text(Blocked());
        Assert.That(text, Does.Contain("MaxDeletes blocked: 5 deletes are more than 2. To allow it once: --allow deletes=5"));
        Assert.That(text, Does.Contain("SharedNumber held: One number"));
        Assert.That(text, Does.Contain("Guardrails: 1 off (MaxAdds)."));
        string named = await Text(Sample.Report(
            Sample.Head(null, new GuardrailVerdict("MaxDeletes", Verdict.Blocked, 2, 5, "--allow deletes=5", "Run again with --allow deletes=5.")),
            People.Removes));
        Assert.That(named, Does.Not.Contain("To allow it once"), "each advice once");
    }

    [Test]
    public async Task Many_users_with_one_reason_are_one_line_with_an_example()
    {
        PlannedUser[] users = [.. Enumerable.Range(0, 30).Select(static i => Sample.User($"u{i}@contoso.com", null, situation: Situation.NotFound, ordinal: i,
            diagnostics: [Diagnostic.Error("notFound", $"The tenant has no user 'u{i}@contoso.com'.")])), People.Adds];

        string text = await Text(Sample.Report(Sample.Head(), users));

        Assert.That(text, Does.Contain("  ? 30 users, such as u0@contoso.com: The tenant has no user 'u0@contoso.com'.\n").And.Not.Contain("u1@contoso.com"));
        Assert.That(text, Does.Contain("30 of 31 users are not found: is this the right tenant?"));
    }

    [Test]
    public async Task A_tag_stands_only_where_two_masked_numbers_would_look_the_same()
    {
        Operation Update(string before) => new Operation.UpdatePhone(PhoneType.Mobile, Sample.Slot(before), Sample.Number("+1 2065550101"), Reason.Differs);
        CurrentMethods current = new() { Mobile = Sample.Slot("+1 2085550101") };
        Report alike = Sample.Report(Sample.Head(), Sample.User("ann@contoso.com", current, operations: [Update("+1 2085550101")]));
        Report other = Sample.Report(Sample.Head(), Sample.User("ann@contoso.com", current, operations: [Update("+1 2085550102")]));

        Assert.That(await Text(alike.Mask(Sample.Digests)), Does.Match(@"~ mobile \+1 ••••••0101 #\w{4} → \+1 ••••••0101 #\w{4}\n").And.Contain("#a1b2 "));
        Assert.That(await Text(other.Mask(Sample.Digests)), Does.Contain("~ mobile +1 ••••••0102 → +1 ••••••0101\n").And.Not.Contain("#"));
    }

    [Test]
    public async Task After_a_confirmed_plan_a_run_says_what_became_of_it_and_not_the_plan_again()
    {
        Report run = Runs.Report();
        string text = await Text(run with { Context = run.Context with { WasShown = true } });

        Assert.That(text, Does.Contain("Failed: 1").And.Contain("Not everything was sent").Or.Contain("Stale"));
        Assert.That(text, Does.Not.Contain("Guardrails:").And.Not.Contain("Additions").And.Not.Contain("Held").And.Not.Contain("As planned"));
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
    public async Task Long_lines_are_broken_at_blanks_and_go_on_indented_except_commands_which_are_pasted([Values(60, 80, 120)] int width)
    {
        string[] whole = (await Text(Blocked())).Split('\n');
        string[] broken = (await Text(Blocked(), new TextStyle(Width: width))).Split('\n');

        Assert.That(broken.Where(line => line.Length > width && line.Trim().Contains(' ', StringComparison.Ordinal)), Is.All.StartsWith("  provision "));
        Assert.That(Words(broken), Is.EqualTo(Words(whole)), "no word is broken or lost");
        Assert.That(broken.Length, width == 60 ? Is.GreaterThan(whole.Length) : Is.GreaterThanOrEqualTo(whole.Length));

        static string[] Words(string[] lines) => [.. lines.SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }
}
