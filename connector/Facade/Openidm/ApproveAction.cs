using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// <c>_action=approve</c>, by those with the right <c>approve</c>. With <c>{"allow":{"deletes":312},"for":"01:00:00","reason":"…"}</c> as body it
/// opens a limit over time; the same may be sent as parameters, <c>allow=deletes=312</c>. With a saved plan as body it approves that plan.
/// </summary>
internal sealed class ApproveAction(RequestTenants tenants, RequestBodies bodies)
{
    public async Task RunAsync(HttpContext context, string tenant, SystemCall call)
    {
        context.Demand(tenant, Right.Approve);
        RequestBody sent = await bodies.ReadAsync(context, BodyDialect.Crest);
        JsonElement body = sent.ObjectOrNothing().OrRefuse();
        if (call.IsDryRun) throw new CallRefusal(new CrestError(CrestStatus.BadRequest, "An approval has no dry run. Nothing was done."));
        if (body.TryGetProperty("kind", out _)) await ApprovePlanAsync(context, tenant, call, sent);
        else await OpenLimitAsync(context, tenant, call, body);
    }

    /// <summary>The body is a saved plan, as its file holds it; what the approver says is in the parameters (docs/safety.md#approvals).</summary>
    private async Task ApprovePlanAsync(HttpContext context, string tenant, SystemCall call, RequestBody sent)
    {
        TenantSession session = await tenants.OpenAsync(context, tenant);
        Workspace workspace = session.Workspace(context.Caller().Actor);
        ApprovalRequest request = new(call.Query.ValueOf("reason").OrRefuse(), Listed(call), call.Query.ValueOf("for").OrRefuse());
        Approval approval;
        try
        {
            await using SavedPlanFile plan = await SavedPlanFile.ReadAsync(
                "the body", new MemoryStream(sent.Bytes.ToArray()), workspace, context.RequestAborted);
            (approval, _) = await PlanApproval.GiveAsync(workspace, plan, session.Identity.Id, request, context.RequestAborted);
        }
        catch (ProvisioningException wrong)
        {
            CrestStatus status = wrong.Code is "selfApproval" or "notApprover" ? CrestStatus.Forbidden : CrestStatus.BadRequest;
            throw new CallRefusal(new CrestError(status, HttpWording.OfArgument($"{wrong.Message} {wrong.Advice}"), ErrorDetail.Code(wrong.Code)));
        }

        await Answers.JsonAsync(context, json => JsonSerializer.Serialize(json, ApprovalDocument.From(approval)));
    }

    private async Task OpenLimitAsync(HttpContext context, string tenant, SystemCall call, JsonElement body)
    {
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (property.Name is not ("allow" or "for" or "reason")) throw new CallRefusal(SystemErrors.UnknownAttribute(property.Name,
                ["allow", "for", "reason"]));
        }

        ImmutableArray<(WindowMeasure, long)> allow;
        TimeSpan duration;
        string reason;
        try
        {
            allow = OpeningArguments.Allow(Allow(body, call));
            duration = OpeningArguments.Duration(Text(body, "for", call));
            reason = OpeningArguments.Reason(Text(body, "reason", call));
        }
        catch (ProvisioningException wrong)
        {
            throw new CallRefusal(new CrestError(CrestStatus.BadRequest, HttpWording.OfArgument($"{wrong.Message} {wrong.Advice}")));
        }

        TenantSession session = await tenants.OpenAsync(context, tenant);
        Workspace workspace = session.Workspace(context.Caller().Actor);
        ImmutableArray<LimitOverride> openings = await new LimitOverrideService(workspace.Windows, workspace.Audit, session.Identity, workspace.Time)
            .OpenAsync(allow, duration, context.Caller().Actor, reason, context.RequestAborted);
        await Answers.JsonAsync(context, json => LimitOverrideService.Write(json, session.Settings.Name, openings));
    }

    private static ImmutableArray<string> Allow(JsonElement body, SystemCall call)
    {
        if (!body.TryGetProperty("allow", out JsonElement allow)) return Listed(call);
        return allow.ValueKind switch
        {
            JsonValueKind.Object => [.. allow.EnumerateObject().Select(p => $"{p.Name}={p.Value.GetRawText().Trim('"')}")],
            JsonValueKind.String => [allow.GetString() ?? ""],
            _ => throw new CallRefusal(new CrestError(CrestStatus.BadRequest, "'allow' is an object such as {\"deletes\":312}.")),
        };
    }

    private static ImmutableArray<string> Listed(SystemCall call) =>
        call.Query.ValueOf("allow").OrRefuse() is { } text ? [.. text.Split(',', StringSplitOptions.TrimEntries)] : [];

    private static string? Text(JsonElement body, string name, SystemCall call)
    {
        if (!body.TryGetProperty(name, out JsonElement value)) return call.Query.ValueOf(name).OrRefuse();
        return value.ValueKind == JsonValueKind.String
            ? value.GetString() : throw new CallRefusal(new CrestError(CrestStatus.BadRequest, $"'{name}' is a text."));
    }
}
