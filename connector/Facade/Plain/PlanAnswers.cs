using System.Text;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>The plan document as an answer: masked unless the caller may read in full.</summary>
internal static class PlanAnswers
{
    public static async Task<PlainAnswer> OfAsync(PlainCall call, RunResult.Planned planned, CancellationToken cancellation)
    {
        using MemoryStream text = new();
        await JsonReports.WriteAsync(DryRunReport.From(planned, call.Digests, call.Full), text, cancellation);
        return new PlainAnswer(StatusCodes.Status200OK, Encoding.UTF8.GetString(text.ToArray()))
        {
            Revision = planned.Plan.Current is { } now ? call.Revision(now) : null,
        };
    }
}
