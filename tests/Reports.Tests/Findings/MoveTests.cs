using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Html;
using ProvisioningConnector.Reports.Markdown;
using ProvisioningConnector.Reports.Seal;
using ProvisioningConnector.Reports.Tests.Samples;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Tests.Findings;

/// <summary>A number that moves between users is shown as a move in every form, with both users.</summary>
public sealed class MoveTests
{
    private static readonly NumberMove Move = new()
    {
        SignIn = SignInNeed.FreeFirst, WaitsFor = [new MovePartner("id-2", "b_b@contoso.com", HasNumber: true, IsRequired: true)],
        To = new MovePartner("id-3", "cy@contoso.com"), IsAwaited = true,
    };

    private static Report Plan => Sample.Report(Sample.Head(), Taker);

    private static PlannedUser Taker => Sample.User(
        "ada@contoso.com", new() { Mobile = Sample.Slot("+1 2065550100"), SmsSignIn = SmsSignInState.Ready },
        new() { Mobile = Managed.Value(Sample.Number("+1 2065550101")) },
        operations:
        [
            new Operation.SwitchSmsSignIn(false, SmsSignInState.Ready, Reason.FreesNumber),
            new Operation.UpdatePhone(PhoneType.Mobile, Sample.Slot("+1 2065550100"), Sample.Number("+1 2065550101"), Reason.Differs),
            new Operation.SwitchSmsSignIn(true, SmsSignInState.Ready, Reason.SignInKept),
        ]) is var user ? user with { Plan = user.Plan with { Move = Move } } : throw new InvalidOperationException();

    [Test]
    public async Task Text_markdown_and_html_name_both_users()
    {
        using StringWriter text = new();
        await TextReport.WriteAsync(Plan, text, TextStyle.Plain, CancellationToken.None);
        using StringWriter markdown = new();
        await MarkdownReport.WriteAsync(Plan, markdown, CancellationToken.None);
        using MemoryStream page = new();
        await HtmlReport.WriteAsync(Plan, page, "", null, CancellationToken.None);

        Assert.That(text.ToString(), Does.Contain("(moves here from b_b@contoso.com, the old one to cy@contoso.com)"));
        Assert.That(markdown.ToString(), Does.Contain("(moves here from b\\_b<span>@</span>contoso.com, the old one to cy"));
        Assert.That(Encoding.UTF8.GetString(page.ToArray()), Does.Contain("mobile (moves here from b_b@contoso.com, the old one to cy@contoso.com)"));
    }

    [Test]
    public async Task A_saved_plan_keeps_the_order_among_users()
    {
        string text = await Write.Json(await PlanSeal.SealAsync(Plan, Sample.Key, CancellationToken.None));
        using MemoryStream stream = Write.Utf8(text);
        SavedPlanReading reading = await SavedPlan.ReadAsync(stream, Sample.Key, CancellationToken.None);
        NumberMove? move = (await ((SavedPlanReading.Opened)reading).Plan.UsersAsync(CancellationToken.None).SingleAsync()).Plan.Move;

        Assert.That(move?.WaitsFor, Is.EqualTo(Move.WaitsFor));
        Assert.That(move is null ? null : move with { WaitsFor = Move.WaitsFor }, Is.EqualTo(Move));
    }
}
