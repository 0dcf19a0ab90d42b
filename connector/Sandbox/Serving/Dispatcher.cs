using Microsoft.AspNetCore.Http.Features;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Journal;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Serving;

/// <summary>From an HTTP request to its answer: token and consent, then the call or the batch of calls.</summary>
internal sealed class Dispatcher(Site site, SandboxOptions options, CancellationToken stopping)
{
    private readonly CallRunner _runner = new(site, options, stopping);

    public Site Site => site;
    public RequestJournal Journal => _runner.Journal;
    public FaultRun Faults { get => _runner.Faults; set => _runner.Faults = value; }

    /// <summary>Null: the connection is to be broken without an answer.</summary>
    public async Task<Answer?> HandleAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body, CancellationToken aborted)
    {
        Call call = Incoming.Read(request, body, site.Settings);
        if (site.Settings.Latency is { } latency) await Task.Delay(Latency(latency), site.Time, stopping);
        Answer? answer = await AnswerAsync(call, request.Headers.Authorization.ToString(), aborted);
        if (answer is null) return null;
        answer.With("request-id", call.RequestId.ToString())
            .With("client-request-id", call.Headers.ClientRequestId ?? call.RequestId.ToString())
            .With("x-ms-ags-diagnostic", """{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"SANDBOX"}}""");
        return answer;
    }

    private async Task<Answer?> AnswerAsync(Call call, string authorization, CancellationToken aborted)
    {
        if (Bearer.Refusal(call, site, authorization, options.Token) is { } refused)
        {
            Journal.Record(call, refused.Status, site.Now);
            return refused;
        }
        if (call.Segments is not ["$batch"]) return await _runner.RunAsync(call, Router.Match, aborted);
        return Batch.Read(call, site, out Batch? batch) is { } malformed
            ? await _runner.RunAsync(call, (_, _) => Batch.Refused(malformed), aborted)
            : await _runner.RunAsync(call, (_, _) => Batch.Accepted, aborted, () => batch?.AnswerAsync(_runner, aborted) ?? Task.FromResult<Answer?>(null));
    }

    // Log-normal by Box and Muller, from the seed's sequence.
    private TimeSpan Latency(LatencySettings latency)
    {
        lock (site.Tenant.Sync)
        {
            (double a, double b) = ((site.NextRandom() >> 11) * (1.0 / (1UL << 53)), (site.NextRandom() >> 11) * (1.0 / (1UL << 53)));
            double normal = Math.Sqrt(-2 * Math.Log(1 - a)) * Math.Cos(2 * Math.PI * b);
            return latency.Median * Math.Exp(latency.Sigma * normal);
        }
    }
}
