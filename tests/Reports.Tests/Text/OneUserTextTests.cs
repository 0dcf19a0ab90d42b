using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Tests.Samples;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Tests.Text;

/// <summary>A change of one user is said in a few lines: what changes, then how it ended, then what to do next.</summary>
public sealed class OneUserTextTests
{
    private static readonly CommandContext Typed = Sample.Context with { Change = "provision remove-phone hal@contoso.com mobile" };

    private static PlanHeader Head { get; } = Sample.Head() with { Origin = new PlanOrigin.Action("remove-phone") };

    [Test]
    public async Task A_dry_run_shows_the_change_and_the_command_that_makes_it() => Assert.That(await TextAsync(Plan(People.Adds)), Is.EqualTo("""
        ada@contoso.com (Ada Lovelace): + mobile +1 ••••••5555 (1 → 2 usable methods)
        ada@contoso.com in contoso: Dry run, nothing was written.
        To make the change:
          provision remove-phone hal@contoso.com mobile

        """));

    [Test]
    public async Task What_is_held_is_refused_with_the_reason_and_never_called_nothing_to_do()
    {
        PlannedUser held = Sample.User("hal@contoso.com", new(), situation: Situation.Held,
            held: [new HeldPart(Part.Phones, HoldCodes.Protected, Standing: true, "The user is protected.")]);

        Assert.That(await TextAsync(Plan(held)), Is.EqualTo("""
              ! phones held: The user is protected.
            hal@contoso.com in contoso: Refused: nothing was written.
            If it is right, allow it once:
              provision remove-phone hal@contoso.com mobile --allow protected=hal@contoso.com --reason TEXT

            """));
    }

    [Test]
    public async Task Before_a_question_only_the_change_is_shown() =>
        Assert.That(await TextAsync(Plan(People.Adds) with { Context = Typed with { IsQuestion = true } }),
            Is.EqualTo("ada@contoso.com (Ada Lovelace): + mobile +1 ••••••5555 (1 → 2 usable methods)\n"));

    [Test]
    public async Task After_a_question_only_the_end_is_shown()
    {
        RunUser done = Runs.Users[0];
        RunHeader head = Runs.Head(RunOutcome.Succeeded) with { Plan = Head, Outcomes = new OutcomeCounts(Done: 1) };
        Report report = Report.From(head, _ => new[] { done }.ToAsyncEnumerable(), Sample.Digests) with { Context = Typed with { WasShown = true } };

        Assert.That(await TextAsync(report), Is.EqualTo("""
            ada@contoso.com in contoso: Done, verified.
            It can be undone until 2026-03-04 22:32 UTC:
              provision undo run-20260301-2231 --config /etc/provision/contoso.json

            """));
    }

    [Test]
    public async Task Not_even_the_largest_change_takes_more_than_eight_lines()
    {
        CurrentMethods all = new()
        {
            Mobile = Sample.Slot("+1 2065550100"), AlternateMobile = Sample.Slot("+1 2065550101"), Office = Sample.Slot("+1 2065550102"),
        };
        PlannedUser user = Sample.User("hal@contoso.com", all, operations:
        [
            .. Enum.GetValues<PhoneType>().Select(type => new Operation.DeletePhone(type, all[type], Reason.NotWanted)),
            .. Enumerable.Range(0, 9).Select(i => new Operation.RemoveMethod(new AuthenticationMethod(MethodKind.Fido2, $"key-{i}", "Key"), Reason.NotWanted)),
        ], diagnostics: [Diagnostic.Info("methodsStay", "The password stays.")]);

        Assert.That((await TextAsync(Plan(user))).Count(static c => c == '\n'), Is.LessThanOrEqualTo(8));
    }

    private static Report Plan(PlannedUser user) => Sample.Report(Head, user).Mask(Sample.Digests) with { Context = Typed };

    private static async Task<string> TextAsync(Report report)
    {
        using StringWriter writer = new();
        await TextReport.WriteAsync(report.Mask(Sample.Digests), writer, TextStyle.Plain, CancellationToken.None);
        return writer.ToString();
    }
}
