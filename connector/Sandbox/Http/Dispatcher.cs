using Microsoft.AspNetCore.Http.Features;

namespace ProvisioningConnector.Sandbox;

/// <summary>From an HTTP request to its answer: token, version, then the call or the batch of calls.</summary>
internal sealed class Dispatcher(Site site, SandboxOptions options, CancellationToken stopping)
{
    public Site Site { get; } = site;
    public RequestJournal Journal { get; } = new(options.JournalCapacity, options.JournalBodies);
    public FaultRun Faults { get; set; } = new(options.Faults);

    /// <summary>Null: the connection is to be broken without an answer.</summary>
    public async Task<Answer?> HandleAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body)
    {
        var call = Incoming.Read(request, body, Site.Settings);
        var answer = await AnswerAsync(call, request.Headers.Authorization.ToString());
        if (answer is null) return null;
        answer.With("request-id", call.RequestId.ToString())
            .With("client-request-id", call.Headers.ClientRequestId ?? call.RequestId.ToString())
            .With("x-ms-ags-diagnostic", """{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"SANDBOX"}}""");
        return answer;
    }

    private async Task<Answer?> AnswerAsync(Call call, string authorization)
    {
        if (Bearer.Refusal(call, Site, authorization, options.Token) is { } refused) return Journalled(call, refused);
        if (!call.Segments.AsSpan().IsEmpty && call.Segments[0] == "$batch") return await new Batch(this, call).AnswerAsync();
        return await RunAsync(call);
    }

    /// <summary>One logical request, alone or out of a batch.</summary>
    public async Task<Answer?> RunAsync(Call call)
    {
        stopping.ThrowIfCancellationRequested();
        lock (Site.Tenant.Sync)
        {
            call.Route = Router.Match(call, Site);
            return Journalled(call, call.Route.Handle(call, Site));
        }
    }

    private Answer Journalled(Call call, Answer answer)
    {
        Journal.Record(call, answer.Status, Site.Now);
        return answer;
    }
}
