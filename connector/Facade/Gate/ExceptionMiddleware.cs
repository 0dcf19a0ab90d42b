using System.Diagnostics;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Telemetry;
using TransactionIds = ProvisioningConnector.Crest.Requests.TransactionId;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>
/// The outermost step: gives the request its correlation, turns whatever goes wrong further in into an error that shows the caller no more than
/// needed, and writes one log line. The log names the route, never the path, whose parts may be names of people, and never an exception's message.
/// </summary>
internal sealed class ExceptionMiddleware(
    RequestDelegate next, ConnectorSettings settings, WorkInFlight work, Figures figures, AnswerHeaders headers, TimeProvider time,
    ILogger<ExceptionMiddleware> log)
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        long begun = time.GetTimestamp();
        Correlation correlation = Correlation.From(context.Request.Headers);
        context.Features.Set(correlation);
        context.Response.Headers[TransactionIds.Header] = correlation.TransactionId;
        context.Response.OnStarting(() =>
        {
            headers.Put(context);
            return Task.CompletedTask;
        });
        // The web server's own span is sent nowhere; ours would be dropped as the child of one that no one records.
        Activity.Current = null;
        using Activity? activity = figures.Source.StartActivity("request", ActivityKind.Server, correlation.Parent);
        try
        {
            await next(context);
            // Routing's own refusals (405, 415) have no body.
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null }) await ErrorReply.WriteAsync(context,
                context.Response.StatusCode, ErrorReply.Reason(context.Response.StatusCode));
        }
        catch (Exception problem)
        {
            await AnswerAsync(context, problem);
        }

        Log(context, correlation, activity, time.GetElapsedTime(begun));
    }

    private async Task AnswerAsync(HttpContext context, Exception problem)
    {
        if (problem is not (FacadeRefusal or BadHttpRequestException or OperationCanceledException)
            && problem is not IOException { InnerException: Microsoft.AspNetCore.Connections.ConnectionResetException }) Log(context, problem);
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.Headers[TransactionIds.Header] = context.Correlation().TransactionId;
        await (problem switch
        {
            FacadeRefusal refusal => ErrorReply.WriteAsync(context, refusal),
            BadHttpRequestException bad => ErrorReply.WriteAsync(context, bad.StatusCode, ErrorReply.Reason(bad.StatusCode)),
            StoreException => ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable,
                "The store is not available. Without it nothing is written.", SoonAgain),
            TenantException tenant =>
                ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"The tenant cannot be reached now ({tenant.Error.Code}).", SoonAgain),
            ProvisioningException stopped =>
                ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"The tenant cannot be opened ({stopped.Code}).", SoonAgain),
            OperationCanceledException when work.Stopping.IsCancellationRequested => ErrorReply.WriteAsync(context, FacadeRefusal.Unfinished()),
            OperationCanceledException => ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The operation timed out.", SoonAgain),
            _ => ErrorReply.WriteAsync(context, StatusCodes.Status500InternalServerError,
                $"Internal error. The service's log has details under transaction {context.Correlation().Logged}."),
        });
    }

    /// <summary>Messages of exceptions may hold what is no one's business; ours of store and tenant do not.</summary>
    private void Log(HttpContext context, Exception problem)
    {
        string transaction = context.Correlation().Logged;
        switch (problem)
        {
            case StoreException store:
                log.LogError("Store: {Problem}: {Message} {Advice} (transaction {TransactionId})", store.Problem, store.Message, store.Advice,
                    transaction);
                break;
            case TenantException tenant:
                log.LogError("Tenant: {Code}: {Message} {Advice} (transaction {TransactionId})",
                    tenant.Error.Code, tenant.Error.Message, tenant.Error.Advice, transaction);
                break;
            case ProvisioningException stopped:
                log.LogError("Tenant: {Code}: {Message} {Advice} (transaction {TransactionId})", stopped.Code, stopped.Message, stopped.Advice,
                    transaction);
                break;
            default:
                log.LogError("{Mistake} (transaction {TransactionId})", Unexpected.Document(problem).Message, transaction);
                break;
        }
    }

    private void Log(HttpContext context, Correlation correlation, Activity? activity, TimeSpan took)
    {
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
        string? asked = context.GetRouteValue(RequestCaller.TenantValue) as string;
        // A name that is no tenant's may be anything.
        string? tenant = asked is not null && settings.Tenants.TryGetValue(asked, out TenantSettings? known) ? known.Name : null;
        string method = Method(context.Request.Method);
        int status = context.Response.StatusCode;
        activity?.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status).SetTag("tenant", tenant);
        figures.Requests.Record(took.TotalSeconds, new("method", method), new("route", route), new("status", status), new("tenant", tenant));
        log.LogInformation(
            "{Method} {Route} {Status} in {Milliseconds} ms, tenant {Tenant}, caller {Caller}, from {Address}, transaction {TransactionId}, trace {TraceId}",
            method, route, status, Math.Round(took.TotalMilliseconds, 1), tenant, context.FindCaller()?.Logged,
            LoginThrottle.Place(context.Connection.RemoteIpAddress),
            correlation.Logged, activity?.TraceId.ToString() ?? (correlation.Parent == default ? null : correlation.Parent.TraceId.ToString()));
    }

    private static string Method(string method) => method is "GET" or "PUT" or "POST" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? method : "OTHER";
}
