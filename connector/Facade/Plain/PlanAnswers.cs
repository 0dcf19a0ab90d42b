using System.Text;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>The plan document (design 8) as an answer: masked unless the caller may read in full, and never with what applying a saved plan needs.</summary>
internal static class PlanAnswers
{
    public static async Task<PlainAnswer> OfAsync(PlainCall call, ChangeResult.Planned planned, CancellationToken cancellation)
    {
        PlanHead head = planned.Refusal is not { } refusal ? planned.Head : planned.Head with
        {
            Guardrails = planned.Head.Guardrails.Add(new GuardrailVerdict(refusal.Budget.Measure.Guardrail(),
                Verdict.Blocked, refusal.Budget.Most, refusal.Used + refusal.Asked, null, refusal.Message)),
        };
        Report report = Report.Of(head, _ => One(planned.Plan), call.Digests);
        report = call.Full ? report with { Users = Shown(report) } : report.Mask(call.Digests);
        using MemoryStream text = new();
        await JsonReports.WriteAsync(report, text, cancellation);
        return new PlainAnswer(StatusCodes.Status200OK,
            Encoding.UTF8.GetString(text.ToArray())) { Revision = planned.Plan.Current is { } now ? call.Revision(now) : null };
    }

    private static Func<CancellationToken, IAsyncEnumerable<UserEntry>> Shown(Report report)
    {
        return UsersAsync;

        async IAsyncEnumerable<UserEntry> UsersAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (UserEntry user in report.Users(cancellation)
                .WithCancellation(cancellation)) yield return user with { Row = null, Desired = null, Current = null };
        }
    }

#pragma warning disable CS1998 // A stream of one.
    private static async IAsyncEnumerable<PlannedUser> One(PlannedUser user)
    {
        yield return user;
    }
#pragma warning restore CS1998
}
