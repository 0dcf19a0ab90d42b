using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// <c>_action=approve</c>: opens a limit over time for a number and a time, by those with the right <c>approve</c>. The body is
/// <c>{"allow":{"deletes":312},"for":"01:00:00","reason":"…"}</c>; the same may be sent as parameters, <c>allow=deletes=312</c>.
/// </summary>
internal sealed class ApproveAction(RequestTenants tenants, RequestBodies bodies)
{
    public async Task RunAsync(HttpContext context, string tenant, SystemCall call)
    {
        context.Demand(tenant, Right.Approve);
        JsonElement body = (await bodies.ReadAsync(context, BodyDialect.Crest)).ObjectOrNothing().OrRefuse();
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

        if (call.IsDryRun) throw new CallRefusal(new CrestError(CrestStatus.BadRequest, "An approval has no dry run. Nothing was done."));
        TenantSession session = await tenants.OpenAsync(context, tenant);
        Workspace workspace = session.Workspace(context.Caller().Actor);
        ImmutableArray<LimitOverride> openings = await new LimitOverrideService(workspace.Windows, workspace.Audit, session.Identity, workspace.Time)
            .OpenAsync(allow, duration, context.Caller().Actor, reason, context.RequestAborted);
        await Answers.JsonAsync(context, json => LimitOverrideService.Write(json, session.Settings.Name, openings));
    }

    private static ImmutableArray<string> Allow(JsonElement body, SystemCall call)
    {
        if (!body.TryGetProperty("allow", out JsonElement allow)) return call.Query.ValueOf("allow").OrRefuse() is { } text
            ? [.. text.Split(',', StringSplitOptions.TrimEntries)] : [];
        return allow.ValueKind switch
        {
            JsonValueKind.Object => [.. allow.EnumerateObject().Select(p => $"{p.Name}={p.Value.GetRawText().Trim('"')}")],
            JsonValueKind.String => [allow.GetString() ?? ""],
            _ => throw new CallRefusal(new CrestError(CrestStatus.BadRequest, "'allow' is an object such as {\"deletes\":312}.")),
        };
    }

    private static string? Text(JsonElement body, string name, SystemCall call)
    {
        if (!body.TryGetProperty(name, out JsonElement value)) return call.Query.ValueOf(name).OrRefuse();
        return value.ValueKind == JsonValueKind.String
            ? value.GetString() : throw new CallRefusal(new CrestError(CrestStatus.BadRequest, $"'{name}' is a text."));
    }
}
